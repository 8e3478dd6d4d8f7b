/** Credit and debit by hand: by command or by button, asked for here and decided in approvals.ts. */
import { z } from 'zod';
import { userAvailable } from '../../../ledger/accounts.ts';
import { balanceOf } from '../../../ledger/ledger.ts';
import { parseTypedSum, type Tiyin } from '../../../core/money.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { MAX_REASON_LENGTH, type MoneyArguments, parseMoneyArguments } from './money-arguments.ts';
import { answer, send, show } from '../../kit/reply.ts';
import { money } from '../../kit/format.ts';
import { debitRefused } from '../approvals/approval-screens.ts';
import { screen } from '../../kit/screen.ts';
import { approvalId } from '../kit/asking.ts';
import { askedScreen } from '../approvals/approvals-desk.ts';
import { carrying, type DeskAction, type DeskInput } from '../kit/feature.ts';
import { PERSON } from '../kit/payments-screens.ts';
import { positive, type Values } from '../../kit/tap-fields.ts';
import { CHOOSE, chosenMoney, offerChoices } from './money-choice.ts';
import { personNamed } from '../kit/named-person.ts';
import { askAbout, tappedPerson } from './people-ask.ts';

type Kind = 'credit' | 'debit';

const WHOSE = { kind: z.enum(['credit', 'debit']), userId: positive };
const MONEY = { ...WHOSE, amountTiyin: positive };
const BEGUN = carrying(WHOSE);
const SUM_KNOWN = carrying(MONEY);

const USAGE = { credit: 'owner-usage-credit', debit: 'owner-usage-debit' } as const;
const ASK_SUM = { credit: 'people-ask-credit', debit: 'people-ask-debit' } as const;

/** `/credit` and `/debit`: all at once. */
export function moneyCommands(parts: Parts): Record<Kind, DeskAction> {
  const command = (kind: Kind): DeskAction => ({
    role: 'owner',
    async run(ctx, text) {
      const wanted = parseMoneyArguments(text);
      if (wanted.kind === 'unreadable') await send(ctx, screen([ctx.t(USAGE[kind])]));
      else await askTyped(ctx, parts, { kind, wanted });
    },
  });
  return { credit: command('credit'), debit: command('debit') };
}

/** Asks the question at once where person and sum are clear; otherwise asks first what was meant. */
async function askTyped(
  ctx: BotContext,
  parts: Parts,
  { kind, wanted }: { kind: Kind; wanted: Exclude<MoneyArguments, { kind: 'unreadable' }> },
): Promise<void> {
  const named = await personNamed(ctx, parts, wanted.user);
  if (named.kind === 'nobody') {
    await send(ctx, screen([ctx.t('owner-no-user')]));
    return;
  }
  if (named.kind === 'person' && wanted.kind === 'clear') {
    const { amountTiyin, reason } = wanted;
    await askApproval(ctx, parts, { kind, userId: named.user.id, amountTiyin, reason });
    return;
  }
  const candidates = named.kind === 'doubtful' ? named.candidates : null;
  const people = named.kind === 'doubtful' ? named.candidates : [named];
  const isSumDoubtful = wanted.kind === 'doubtful';
  const readings = wanted.kind === 'doubtful' ? wanted.readings : [wanted];
  await offerChoices(ctx, parts, {
    kind,
    candidates,
    part: named.kind === 'doubtful' && named.part,
    userIds: people.map(({ user }) => user.id),
    readings,
    isSumDoubtful,
  });
}

/** Buttons of the card: the sum is asked first, then the reason. */
export function moneyTaps(parts: Parts): Record<Kind | 'choose', DeskAction> {
  const tap = (kind: Kind): DeskAction =>
    PERSON.by('owner', async (ctx, { userId }) => {
      if (!(await tappedPerson(ctx, parts, userId))) return;
      const arg = BEGUN.arg({ kind, userId });
      await askAbout(ctx, { userId, question: ctx.t(ASK_SUM[kind]), name: 'sum', arg });
    });
  const choose = CHOOSE.by('owner', async (ctx, tapped) => {
    const chosen = await chosenMoney(ctx, parts, tapped);
    if (chosen) await askApproval(ctx, parts, chosen);
  });
  return { credit: tap('credit'), debit: tap('debit'), choose };
}

export function moneyInputs(parts: Parts): Record<'sum' | 'reason', DeskInput> {
  return {
    sum: BEGUN.by('owner', async (ctx, begun) => await takeSum(ctx, parts, begun)),
    reason: SUM_KNOWN.by('owner', async (ctx, known) => await takeReason(ctx, parts, known)),
  };
}

async function takeSum(
  ctx: BotContext,
  parts: Parts,
  { kind, userId }: Values<typeof WHOSE>,
): Promise<void> {
  const { t } = ctx;
  const amountTiyin = parseTypedSum(ctx.typed, { tiyin: true });
  if (amountTiyin === null) {
    const question = `${t('sum-not-understood')}\n${t(ASK_SUM[kind])}`;
    await askAbout(ctx, { userId, question, name: 'sum', arg: BEGUN.arg({ kind, userId }) });
    return;
  }
  if (kind === 'debit' && (await refuseDebit(ctx, parts, { userId, amountTiyin }))) return;
  const question = t('people-ask-reason', { sum: money(t, amountTiyin) });
  const arg = SUM_KNOWN.arg({ kind, userId, amountTiyin });
  await askAbout(ctx, { userId, question, name: 'reason', arg });
}

async function takeReason(
  ctx: BotContext,
  parts: Parts,
  known: Values<typeof MONEY>,
): Promise<void> {
  const reason = ctx.typed.trim().replaceAll(/\s+/gu, ' ');
  if (reason === '' || reason.length > MAX_REASON_LENGTH) {
    const question = ctx.t('people-bad-reason');
    const arg = SUM_KNOWN.arg(known);
    await askAbout(ctx, { userId: known.userId, question, name: 'reason', arg });
    return;
  }
  await askApproval(ctx, parts, { ...known, reason });
}

interface Wanted {
  /** The id of the question; made from the message that asks when it is left out. */
  id?: string;
  kind: Kind;
  userId: number;
  amountTiyin: Tiyin;
  reason: string;
}

async function askApproval(ctx: BotContext, parts: Parts, wanted: Wanted): Promise<void> {
  if (wanted.kind === 'debit' && (await refuseDebit(ctx, parts, wanted))) return;
  const { approvals } = parts;
  const asked = await approvals.ask({ id: approvalId(ctx), askerId: ctx.person.id, ...wanted });
  const question = await askedScreen(ctx, parts, asked);
  if (question) await show(ctx, question);
  else await answer(ctx, ctx.t('toast-owner-decided'));
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
