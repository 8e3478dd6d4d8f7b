/** Credit and debit by hand: by command or by button, asked for here and decided in decisions.ts. */
import type { Tx } from '../../db/database.ts';
import { ADJUSTMENTS, userAvailable } from '../../ledger/accounts.ts';
import { balanceOf, post } from '../../ledger/ledger.ts';
import { parseTypedSum, type Tiyin } from '../../money.ts';
import { enqueue } from '../../outbox/messages.ts';
import { findUser } from '../../users/users.ts';
import type { BotContext, Parts } from '../context.ts';
import { MAX_REASON_LENGTH, parseMoneyArguments } from '../money-arguments.ts';
import { send } from '../reply.ts';
import { money } from '../views/format.ts';
import { debitRefused } from '../views/people.ts';
import { screen } from '../views/screen.ts';
import { actorOf, bookedReason, type Decision, decisionId, type Performers } from './decisions.ts';
import { askedScreen } from './decisions-desk.ts';
import type { DeskAction, DeskInput } from './feature.ts';
import { askAbout, tappedPerson } from './people-ask.ts';

export const MONEY_PERFORMERS: Performers = {
  credit: { perform: async (tx, row, at) => await adjust(tx, row, { gain: 1, at }) },
  debit: { perform: async (tx, row, at) => await adjust(tx, row, { gain: -1, at }) },
};

/** Entry and message, in the transaction that ends the request. The user hears the reason, not who agreed. */
async function adjust(
  tx: Tx,
  row: Decision,
  { gain, at }: { gain: 1 | -1; at: number },
): Promise<'done'> {
  const amountTiyin = gain * row.amountTiyin;
  const key = `admin:${row.id}`;
  await post(tx, {
    key,
    kind: row.kind,
    actor: actorOf(row),
    reason: bookedReason(row),
    at,
    lines: [
      { account: ADJUSTMENTS, amountTiyin: -amountTiyin },
      { account: userAvailable(row.userId), amountTiyin },
    ],
  });
  const params = { amountTiyin, reason: row.reason };
  await enqueue(tx, { key, chatId: row.userId, kind: 'adjustment', params, at });
  return 'done';
}

type Kind = 'credit' | 'debit';

const USAGE = { credit: 'owner-usage-credit', debit: 'owner-usage-debit' } as const;
const ASK_SUM = { credit: 'people-ask-credit', debit: 'people-ask-debit' } as const;

/** `/credit` and `/debit`: all at once. */
export function moneyCommands(parts: Parts): Record<Kind, DeskAction> {
  const command = (kind: Kind): DeskAction => ({
    role: 'owner',
    async run(ctx, text) {
      const wanted = parseMoneyArguments(text);
      if (!wanted) {
        await send(ctx, screen([ctx.t(USAGE[kind])]));
        return;
      }
      const { user: named, amountTiyin, reason } = wanted;
      const user = await findUser(parts.db.read, named);
      if (user) await askDecision(ctx, parts, { kind, userId: user.id, amountTiyin, reason });
      else await send(ctx, screen([ctx.t('owner-no-user')]));
    },
  });
  return { credit: command('credit'), debit: command('debit') };
}

/** Buttons of the card: the sum is asked first, then the reason. */
export function moneyTaps(parts: Parts): Record<Kind, DeskAction> {
  const tap = (kind: Kind): DeskAction => ({
    role: 'owner',
    async run(ctx, arg) {
      const user = await tappedPerson(ctx, parts, arg);
      if (!user) return;
      const question = ctx.t(ASK_SUM[kind]);
      await askAbout(ctx, parts, {
        userId: user.id,
        question,
        name: 'sum',
        arg: `${kind}.${user.id}`,
      });
    },
  });
  return { credit: tap('credit'), debit: tap('debit') };
}

export function moneyInputs(parts: Parts): Record<'sum' | 'reason', DeskInput> {
  return {
    sum: { role: 'owner', run: async (ctx, arg) => await takeSum(ctx, parts, arg) },
    reason: { role: 'owner', run: async (ctx, arg) => await takeReason(ctx, parts, arg) },
  };
}

interface Begun {
  kind: Kind;
  userId: number;
  /** Null until it was typed. */
  amountTiyin: Tiyin | null;
}

/** What a question was asked with: `credit.101` or `credit.101.5000000`. */
function begun(arg: string): Begun {
  const [kind, userId, amount] = arg.split('.');
  if (kind !== 'credit' && kind !== 'debit') throw new Error(`"${arg}" is no question about money`);
  return {
    kind,
    userId: Number(userId),
    amountTiyin: amount === undefined ? null : Number(amount),
  };
}

async function takeSum(ctx: BotContext, parts: Parts, arg: string): Promise<void> {
  const { kind, userId } = begun(arg);
  const { t } = ctx;
  const amountTiyin = parseTypedSum(ctx.message?.text ?? '');
  if (amountTiyin === null) {
    const question = `${t('sum-not-understood')}\n${t(ASK_SUM[kind])}`;
    await askAbout(ctx, parts, { userId, question, name: 'sum', arg });
    return;
  }
  if (kind === 'debit' && (await refuseDebit(ctx, parts, { userId, amountTiyin }))) return;
  const question = t('people-ask-reason', { sum: money(t, amountTiyin) });
  const next = `${kind}.${userId}.${amountTiyin}`;
  await askAbout(ctx, parts, { userId, question, name: 'reason', arg: next });
}

async function takeReason(ctx: BotContext, parts: Parts, arg: string): Promise<void> {
  const { kind, userId, amountTiyin } = begun(arg);
  const reason = (ctx.message?.text ?? '').trim().replaceAll(/\s+/gu, ' ');
  if (amountTiyin === null) throw new Error(`"${arg}" has no sum`);
  if (reason === '' || reason.length > MAX_REASON_LENGTH) {
    const question = ctx.t('people-bad-reason');
    await askAbout(ctx, parts, { userId, question, name: 'reason', arg });
    return;
  }
  await askDecision(ctx, parts, { kind, userId, amountTiyin, reason });
}

interface Wanted {
  kind: Kind;
  userId: number;
  amountTiyin: Tiyin;
  reason: string;
}

async function askDecision(ctx: BotContext, parts: Parts, wanted: Wanted): Promise<void> {
  if (wanted.kind === 'debit' && (await refuseDebit(ctx, parts, wanted))) return;
  const { decisions } = parts;
  const asked = await decisions.ask({ id: decisionId(ctx), askerId: ctx.person.id, ...wanted });
  const question = await askedScreen(ctx, parts, asked);
  if (question) await send(ctx, question);
}

/** Says so when there is less on the balance. */
async function refuseDebit(
  ctx: BotContext,
  { db }: Parts,
  { userId, amountTiyin }: { userId: number; amountTiyin: Tiyin },
): Promise<boolean> {
  const availableTiyin = await balanceOf(db.read, userAvailable(userId));
  if (availableTiyin >= amountTiyin) return false;
  await send(ctx, debitRefused(ctx.t, { availableTiyin, amountTiyin }));
  return true;
}
