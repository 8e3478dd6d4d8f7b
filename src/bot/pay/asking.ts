/** A payment that others are asked for, and a payment that others ask for. */
import { standingOf } from '../../requests/request.ts';
import { getUser } from '../../users/users.ts';
import type { BotContext } from '../kit/context.ts';
import { nameOf } from '../kit/format.ts';
import { begin } from '../kit/coming-and-going.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { quotaNotice } from '../kit/quota.ts';
import { show } from '../kit/reply.ts';
import type { Next, Now } from '../kit/talk.ts';
import { ownRequest } from '../requests/own.ts';
import { overScreen, unknownScreen } from '../requests/screens.ts';
import { accountOf, answerLines } from './answers.ts';
import { formOf, noFormNotice } from './form.ts';
import { NO_PAYMENT, type Paying } from './known.ts';

/** Somebody else is to pay it: the story ends with the link for them. */
export async function askSomeone(now: Now<Paying>, parts: PayParts): Promise<Next<Paying>> {
  const { ctx, known } = now;
  const form = await formOf(now, parts);
  if (form.kind !== 'form') return { known, notice: noFormNotice(now, form) };
  if (known.sumTiyin === null) return { known };
  const bill = {
    serviceId: form.service.id,
    serviceName: form.service.name,
    account: accountOf(form.fields, known.account),
    labels: answerLines(form.fields, known.account),
  };
  const outcome = await parts.requests.askForBill(ctx.person.id, bill, known.sumTiyin);
  if (outcome.kind === 'quota_spent') {
    return { known, notice: quotaNotice(ctx.t, outcome, parts.clock.now()) };
  }
  await show(ctx, await ownRequest(ctx, parts, outcome.request));
  return 'over';
}

/** Pays what somebody asks for: goes as far towards the confirmation as what is known leads. */
export async function payAsked(ctx: BotContext, parts: PayParts, id: string): Promise<void> {
  const request = await parts.requests.get(id);
  if (request?.kind !== 'bill' || request.serviceId === null) {
    await show(ctx, unknownScreen(ctx.t));
    return;
  }
  const standing = standingOf(request, parts.clock.now());
  if (standing !== 'open') {
    await show(ctx, overScreen(ctx.t, standing));
    return;
  }
  const { serviceId, amountTiyin: sumTiyin } = request;
  const account = request.account ?? {};
  const name = nameOf(await getUser(parts.db.read, request.userId));
  await begin(ctx, 'pay', {
    ...NO_PAYMENT,
    isChoosing: false,
    serviceId,
    account,
    wish: { sumTiyin, preferDebt: false, isPaidBefore: true },
    asked: { requestId: id, name, account, sumTiyin },
  });
}
