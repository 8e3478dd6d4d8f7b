/** A bill that waits for money: one tap agrees that it goes on by itself, and tops up what is missing. */
import { Composer } from 'grammy';
import type { Account } from '../../bills/paylov/types.ts';
import { inTashkent } from '../../core/calendar.ts';
import { type Tiyin, upToWholeSoms } from '../../core/money.ts';
import { userBalance } from '../../ledger/ledger.ts';
import type { Monthly } from '../../monthly/monthly.ts';
import { agreedLast, type WaitingBill } from '../../monthly/waiting.ts';
import type { BotContext } from '../kit/context.ts';
import { begin } from '../kit/coming-and-going.ts';
import { serviceNamed } from '../kit/bill-facts.ts';
import { money } from '../kit/format.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { answer } from '../kit/reply.ts';
import { button, menuButton, record, type Screen, topupButton } from '../kit/screen.ts';
import { onTaps } from '../kit/taps.ts';
import type { Translate } from '../locales/texts.ts';
import { accountOf, answerLines, firstUnfit } from './answers.ts';
import { NO_PAYMENT, type Paying } from './known.ts';
import { asked } from './source.ts';

export function waitFeature(parts: PayParts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(async (ctx, next) => {
    const { tap } = ctx;
    if (tap?.kind === 'topup_pay') {
      await agree(ctx, parts, tap);
      // From here on the tap does what the button does that only tops up.
      ctx.tap = { kind: 'topup_for', sumTiyin: tap.sumTiyin };
    }
    await next();
  });
  onTaps(composer, {
    waiting: async (ctx, { waitingId }) => {
      const waiting = await parts.monthly?.waiting(waitingId, ctx.person.id);
      if (waiting) await begin(ctx, 'pay', payingWaiting(waiting));
      else await answer(ctx, ctx.t('toast-old'));
    },
  });
  return composer;
}

/** Agrees to what the screen of the payment that was left says; for an old button, or another screen's, nothing is remembered. */
async function agree(
  ctx: BotContext,
  parts: PayParts,
  { sumTiyin }: { sumTiyin: Tiyin },
): Promise<void> {
  const { left } = ctx.stories;
  const isIts = left?.name === 'pay' && left.told.screenId === ctx.shownIn;
  const known = isIts ? (left.told.known as Paying) : null;
  const agreed =
    known?.offer === 'short'
      ? await rememberWait(ctx, parts, { known, sumTiyin })
      : left === null && (await hasJustAgreed(ctx, parts));
  // A payment that will go on by itself is not offered again.
  if (agreed) ctx.stories.left = null;
  await answer(ctx, ctx.t(agreed ? 'pay-waits' : 'pay-waits-not'), { alert: true });
}

/** The second of two quick taps finds no payment that was left: the first one has agreed, and that is still so. */
const SECOND_TAP_MS = 30_000;

async function hasJustAgreed(ctx: BotContext, { db, clock }: PayParts): Promise<boolean> {
  const agreed = await agreedLast(db.read, ctx.person.id);
  // On another screen stands another payment, to which nobody agreed.
  if (!agreed?.id.endsWith(screenOf(ctx))) return false;
  return clock.now() - agreed.createdAt < SECOND_TAP_MS;
}

/** `sumTiyin`: what was missing, as the button says. */
async function rememberWait(
  ctx: BotContext,
  { db, bills, monthly }: PayParts & { monthly?: Monthly | null },
  { known, sumTiyin: missingTiyin }: { known: Paying; sumTiyin: Tiyin },
): Promise<boolean> {
  const { serviceId, account, sumTiyin } = known;
  if (!monthly || serviceId === null || sumTiyin === null) return false;
  const form = await bills.catalog.fields(serviceId);
  if (form.kind !== 'form' || firstUnfit(form.fields, account) !== null) return false;
  const { feeTiyin, totalTiyin } = await bills.quote(asked(known, 'balance'));
  const { availableTiyin } = await userBalance(db.read, ctx.person.id);
  // Another fee than the screen showed is nothing that anybody agreed to.
  if (upToWholeSoms(totalTiyin - availableTiyin) !== missingTiyin) return false;
  const outcome = await monthly.wait({
    id: agreementId(ctx),
    userId: ctx.person.id,
    serviceId,
    serviceName: form.service.name,
    account: accountOf(form.fields, account) satisfies Account,
    labels: answerLines(form.fields, account),
    amountTiyin: sumTiyin,
    feeTiyin,
  });
  return outcome.kind === 'agreed';
}

/**
 * An id that is the same for the same tap, however often it is handled, and that no other agreement has, also when
 * Telegram counts its updates anew.
 */
function agreementId(ctx: BotContext): string {
  const { person, update } = ctx;
  return (
    ['w', person.id, update.update_id].map((each) => each.toString(36)).join('-') + screenOf(ctx)
  );
}

/** How the id of an agreement ends: it tells apart the screens on which the button stood. */
function screenOf({ callbackQuery }: BotContext): string {
  return `-${(callbackQuery?.message?.date ?? 0).toString(36)}`;
}

function payingWaiting({ serviceId, account, amountTiyin: sumTiyin }: WaitingBill): Paying {
  const wish = { sumTiyin, preferDebt: false, isPaidBefore: true };
  const source = { kind: 'balance' } as const;
  return { ...NO_PAYMENT, isChoosing: false, serviceId, account, source, wish };
}

/** Says why the bill does not go on by itself, and how it does. */
export function waitingAsks(t: Translate, waiting: WaitingBill): Screen {
  const { id: waitingId, amountTiyin, feeTiyin, reason, createdAt } = waiting;
  const values = {
    service: serviceNamed(t, waiting),
    sum: money(t, amountTiyin + feeTiyin),
    date: inTashkent(createdAt).slice(0, 10).split('-').toReversed().join('.'),
  };
  return record(
    [t('waiting-asks', values), t(`waiting-because-${reason ?? 'unavailable'}`)],
    [
      [button(t('button-pay-continue'), { kind: 'waiting', waitingId })],
      [reason === 'short' ? topupButton(t) : null],
      [menuButton(t)],
    ],
  );
}
