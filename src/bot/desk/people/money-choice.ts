/** A credit or debit that was typed and can be read in several ways: each is a button, and none is taken unasked. */
import { z } from 'zod';
import { keepFirst, keptUnder } from '../../kit/kept.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import type { Reading } from './money-arguments.ts';
import { answer, send } from '../../kit/reply.ts';
import { choiceLabel, choiceQuestion } from '../kit/money-choice-screens.ts';
import { PEOPLE_AREA } from '../kit/payments-screens.ts';
import { approvalId } from '../kit/asking.ts';
import { anId, whole } from '../../kit/tap-fields.ts';
import { deskTap } from '../kit/feature.ts';
import type { Candidate } from '../kit/named-person.ts';

const choiceSchema = z.object({
  kind: z.enum(['credit', 'debit']),
  userId: z.int(),
  amountTiyin: z.int(),
  reason: z.string(),
});
const draftSchema = z.object({ staffId: z.int(), choices: z.array(choiceSchema) });

type Draft = z.infer<typeof draftSchema>;

/** The choice that was made; `id` is the same however often the button is tapped. */
type ChosenMoney = z.infer<typeof choiceSchema> & { id: string };

export const CHOOSE = deskTap(PEOPLE_AREA, 'choose', { draftId: anId, index: whole });

const keyOf = (draftId: string): string => `desk-money:${draftId}`;

interface Doubts {
  kind: 'credit' | 'debit';
  /** Null where the person is clear. */
  candidates: readonly Candidate[] | null;
  /** Only a part of a name or phone was typed. */
  part: boolean;
  userIds: readonly number[];
  isSumDoubtful: boolean;
  /** One where the sum is clear. */
  readings: readonly Reading[];
}

/** Shows every way to read it: each person with each sum. */
export async function offerChoices(
  ctx: BotContext,
  parts: Parts,
  { kind, candidates, part, userIds, readings, isSumDoubtful }: Doubts,
): Promise<void> {
  const { t } = ctx;
  const draftId = approvalId(ctx);
  const choices = userIds.flatMap((userId) =>
    readings.map(({ amountTiyin, reason }) => ({ kind, userId, amountTiyin, reason })),
  );
  await remember(parts, draftId, { staffId: ctx.person.id, choices });
  const buttons = choices.map((choice, index) =>
    CHOOSE.button(choiceLabel(t, choice, { withId: candidates !== null }), { draftId, index }),
  );
  await send(ctx, choiceQuestion(t, { candidates, part, isSumDoubtful }, buttons));
}

async function remember({ db, clock }: Parts, draftId: string, state: Draft): Promise<void> {
  const updatedAt = clock.now();
  await db.tx((tx) => keepFirst(tx, { key: keyOf(draftId), state, updatedAt }));
}

/** What the tapped button stands for; null, and an answer, where it is unknown or somebody else's. */
export async function chosenMoney(
  ctx: BotContext,
  { db }: Parts,
  { draftId, index }: { draftId: string; index: number },
): Promise<ChosenMoney | null> {
  const draft = draftSchema.safeParse((await keptUnder(db.read, keyOf(draftId)))?.state);
  const own = draft.success && draft.data.staffId === ctx.person.id ? draft.data.choices : [];
  const choice = own[index];
  if (choice) return { ...choice, id: `${draftId}-${index}` };
  await answer(ctx, ctx.t('toast-old'));
  return null;
}
