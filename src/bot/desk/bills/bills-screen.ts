/** Puts together what the screen of one bill shows. */
import type { Bill } from '../../../bills/bill.ts';
import { historyOf } from '../../../bills/list.ts';
import { getUser } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import { namesIn } from '../kit/names.ts';
import { deskBillScreen } from './bills-screens.ts';
import type { Screen } from '../../kit/screen.ts';

const LAST_STEPS = 8;

export async function billScreenOf(ctx: BotContext, parts: Parts, bill: Bill): Promise<Screen> {
  const { read } = parts.db;
  const steps = await historyOf(read, bill.id, { limit: LAST_STEPS });
  const names = await namesIn(read, steps);
  const user = await getUser(read, bill.userId);
  const view = { bill, user, steps: steps.toReversed(), names };
  return deskBillScreen(ctx.t, view, (role) => parts.staff.may(ctx.person.id, role));
}

/** Shows a bill in the place of the tapped message; an unknown bill is answered as an old button. */
export async function showBill(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const bill = await parts.ownerBills?.get(id);
  if (bill) await show(ctx, await billScreenOf(ctx, parts, bill));
  else await answer(ctx, ctx.t('toast-old'));
}
