/**
 * "I paid, here is my cheque": a picture or a PDF that nobody asked for. Which payment that has not come it is about is asked for
 * by buttons; then the payment system is asked once more, and whatever it says, the cheque goes to the staff as a question
 * about that payment. What is about anything else goes to them as it is, with one tap. Nothing is credited by it.
 */
import { Composer } from 'grammy';
import { DAY_MS } from '../../core/calendar.ts';
import { parseTypedSum, type Tiyin } from '../../core/money.ts';
import type { TopupState } from '../../topups/states.ts';
import type { Topup } from '../../topups/topup.ts';
import { PAID_TIMES, type TapOf } from '../kit/callbacks.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import { duration, money, shortDateTime, stateIcon } from '../kit/format.ts';
import { wayTitle } from '../kit/way-title.ts';
import { quotaNotice } from '../kit/quota.ts';
import { answer, send, show } from '../kit/reply.ts';
import { button, menuButton, type Screen, screen } from '../kit/screen.ts';
import { beforeWaiting } from '../kit/talk.ts';
import { anId, pack, positive, unpack, type Values } from '../kit/tap-fields.ts';
import { onTaps } from '../kit/taps.ts';
import { noteTicket } from '../kit/ticket-places.ts';
import type { Words } from '../kit/told.ts';
import { askForWords } from '../kit/words.ts';
import { writtenOf } from '../kit/written.ts';
import type { Translate } from '../locales/texts.ts';
import { passPicture } from './feature.ts';

const AREA = 'cheque';

/** What the question for another sum remembers: the payment, and where its picture stands in this chat. */
const CHEQUE = { topupId: anId, messageId: positive };
type Cheque = Values<typeof CHEQUE>;

/** Of older payments nobody sends a cheque out of the blue; “Help” stands under them. */
const RECENT_MS = 7 * DAY_MS;
const LISTED = 5;

const NOT_COME: ReadonlySet<TopupState> = new Set(['waiting', 'expired', 'cancelled', 'failed']);

export function chequeFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(async (ctx, next) => {
    const { answering } = ctx;
    // Another picture is a cheque of its own.
    const isSum = answering?.area === AREA && ctx.has('message:text');
    if (isSum) await takeSum(ctx, parts, answering);
    else await next();
  });
  onTaps(composer, {
    cheque: async (ctx, tap) => await askSum(ctx, parts, tap),
    cheque_help: async (ctx, { messageId }) => await passPicture(ctx, parts, messageId),
    cheque_other: async (ctx, tap) => await askOtherSum(ctx, parts, tap),
    cheque_sum: async (ctx, tap) => await askTime(ctx, parts, tap),
    cheque_paid: async (ctx, tap) => await takeCheque(ctx, parts, tap),
  });
  composer.on(['message:photo', 'message:document'], async (ctx, next) => {
    const isCheque = writtenOf(ctx) !== null && (await parts.terms(parts.db.read)).contact === null;
    if (!isCheque) await next();
    else await send(ctx, whichOrder(ctx.t, await notCome(ctx, parts), ctx.message.message_id));
  });
  return composer;
}

async function notCome(ctx: BotContext, { topups, clock }: Parts): Promise<Topup[]> {
  const latest = await topups.history(ctx.person.id, { offset: 0, limit: 4 * LISTED });
  const from = clock.now() - RECENT_MS;
  return latest
    .filter(({ state, createdAt }) => NOT_COME.has(state) && createdAt >= from)
    .slice(0, LISTED);
}

function whichOrder(t: Translate, orders: readonly Topup[], messageId: number): Screen {
  return screen(
    [t(orders.length === 0 ? 'cheque-none' : 'cheque-which')],
    [
      ...orders.map(({ id: topupId, state, amountTiyin, provider, createdAt }) => {
        const label = [
          `${stateIcon(state)} ${money(t, amountTiyin)}`,
          wayTitle(t, provider),
          shortDateTime(createdAt),
        ].join(' · ');
        return [button(label, { kind: 'cheque', topupId, messageId })];
      }),
      [button(t('button-cheque-pass'), { kind: 'cheque_help', messageId })],
      [menuButton(t)],
    ],
  );
}

async function ownOrder(ctx: BotContext, parts: Parts, topupId: string): Promise<Topup | null> {
  const topup = await parts.topups.ofUser(topupId, ctx.person.id);
  if (!topup) await answer(ctx, ctx.t('toast-old'));
  return topup;
}

async function askSum(ctx: BotContext, parts: Parts, cheque: Cheque): Promise<void> {
  const topup = await ownOrder(ctx, parts, cheque.topupId);
  if (!topup) return;
  const { topupId, messageId } = cheque;
  const sums = [...new Set([topup.amountTiyin, topup.baseTiyin])];
  const ofSum = (sumTiyin: Tiyin) =>
    button(money(ctx.t, sumTiyin), { kind: 'cheque_sum', topupId, messageId, sumTiyin });
  const other = button(ctx.t('button-cheque-other'), { kind: 'cheque_other', topupId, messageId });
  const view = screen([ctx.t('cheque-sum')], [sums.map(ofSum), [other], [menuButton(ctx.t)]]);
  await askForSum(ctx, { cheque, screen: view });
}

async function askOtherSum(ctx: BotContext, parts: Parts, cheque: Cheque): Promise<void> {
  if (!(await ownOrder(ctx, parts, cheque.topupId))) return;
  await askForSum(ctx, { cheque, screen: screen([ctx.t('cheque-typed')], [[menuButton(ctx.t)]]) });
}

/** A sum that is typed is taken where buttons offer some, too. */
async function askForSum(
  ctx: BotContext,
  { cheque, screen: view }: { cheque: Cheque; screen: Screen },
): Promise<void> {
  const screenId = await show(ctx, view);
  const arg = pack(CHEQUE, cheque, '.');
  await askForWords(ctx, { area: AREA, name: 'sum', arg, screenId });
}

async function takeSum(ctx: BotContext, parts: Parts, asked: Words): Promise<void> {
  const cheque = unpack(CHEQUE, asked.arg.split('.'));
  if (!cheque) return;
  const sumTiyin = parseTypedSum(ctx.typed, { tiyin: true });
  if (sumTiyin === null) {
    await send(ctx, { text: ctx.t('sum-not-understood') });
    await askForWords(ctx, asked);
    return;
  }
  await askTime(ctx, parts, { ...cheque, sumTiyin });
}

async function askTime(
  ctx: BotContext,
  parts: Parts,
  { topupId, messageId, sumTiyin }: Cheque & { sumTiyin: Tiyin },
): Promise<void> {
  if (!(await ownOrder(ctx, parts, topupId))) return;
  const [now, today, yesterday, earlier] = PAID_TIMES.map((paid) =>
    button(ctx.t(`cheque-paid-${paid}`), {
      kind: 'cheque_paid',
      topupId,
      messageId,
      sumTiyin,
      paid,
    }),
  );
  const rows = [
    [now ?? null, today ?? null],
    [yesterday ?? null, earlier ?? null],
  ];
  await show(ctx, screen([ctx.t('cheque-time')], [...rows, [menuButton(ctx.t)]]));
}

/** What the payment system says counts; where it knows nothing of the money, a person looks. */
async function takeCheque(
  ctx: BotContext,
  parts: Parts,
  { topupId, messageId, sumTiyin, paid }: TapOf<'cheque_paid'>,
): Promise<void> {
  const { t } = ctx;
  if (!(await ownOrder(ctx, parts, topupId))) return;
  await beforeWaiting(ctx);
  const looked = await parts.topups.checkNow(topupId, { userId: ctx.person.id });
  if (looked.kind !== 'not_found' && !NOT_COME.has(looked.topup.state)) {
    const way = button(t('button-refresh'), { kind: 'order', action: 'show', topupId });
    await show(ctx, screen([t('cheque-found')], [[way], [menuButton(t)]]));
    return;
  }
  const text = `${money(t, sumTiyin)} · ${t(`cheque-paid-${paid}`)}`;
  const written = { chatId: ctx.person.id, messageId, kind: 'photo', text } as const;
  const about = { kind: 'topup', id: topupId } as const;
  const outcome = await parts.support.write({ about }, { userId: ctx.person.id, written });
  if (outcome.kind === 'quota_spent') {
    await show(ctx, { text: quotaNotice(t, outcome, parts.clock.now()) });
  } else if (outcome.kind === 'written') {
    const { id: ticketId } = outcome.ticket;
    const time = duration(t, parts.support.answerWithinMs);
    const mine = button(t('button-my-ticket'), { kind: 'ticket', action: 'show', ticketId });
    const lines = [
      t('cheque-sent', { id: ticketId }),
      '',
      t('cheque-next'),
      t('ticket-promise', { time }),
    ];
    const shownId = await show(ctx, screen(lines, [[mine, menuButton(t)]]));
    await noteTicket(ctx, parts, { messageId: shownId, ticketId, side: 'user' });
  }
}
