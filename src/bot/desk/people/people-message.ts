/** A message from the staff to one person: typed, previewed, confirmed, delivered like any other that must arrive. */
import { z } from 'zod';
import { forget, keepFirst, keptUnder } from '../../kit/kept.ts';
import { enqueue } from '../../../outbox/messages.ts';
import { getUser } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, send, show } from '../../kit/reply.ts';
import { messagePreview } from './people-screens.ts';
import { PERSON, personButton } from '../kit/payments-screens.ts';
import { screen } from '../../kit/screen.ts';
import { approvalId } from '../kit/asking.ts';
import type { DeskAction, DeskInput } from '../kit/feature.ts';
import { askAbout, tappedPerson } from './people-ask.ts';
import { writeAuditLog, userSubject } from '../../../staff/audit-log.ts';

/** With the heading it stays under Telegram's 4096, also when every letter needs escaping in our HTML. */
const MAX_TEXT = 3000;

const draftSchema = z.object({ staffId: z.int(), userId: z.int(), text: z.string() });

type Draft = z.infer<typeof draftSchema>;

const keyOf = (draftId: string): string => `desk-message:${draftId}`;

export function messageTaps(parts: Parts): Record<'message' | 'send', DeskAction> {
  return {
    message: PERSON.by('operator', async (ctx, { userId }) => {
      if (!(await tappedPerson(ctx, parts, userId))) return;
      await askAbout(ctx, { userId, question: ctx.t('people-ask-message'), name: 'message' });
    }),
    send: { role: 'operator', run: async (ctx, id) => await deliver(ctx, parts, id) },
  };
}

export function messageInputs(parts: Parts): Record<'message', DeskInput> {
  return {
    message: PERSON.by('operator', async (ctx, { userId }) => await preview(ctx, parts, userId)),
  };
}

async function preview(ctx: BotContext, parts: Parts, userId: number): Promise<void> {
  const text = (ctx.message?.text ?? '').trim();
  if (text === '' || text.length > MAX_TEXT) {
    const question = ctx.t('people-bad-message', { max: String(MAX_TEXT) });
    await askAbout(ctx, { userId, question, name: 'message' });
    return;
  }
  const user = await getUser(parts.db.read, userId);
  if (!user) return;
  const draftId = approvalId(ctx);
  await remember(parts, draftId, { staffId: ctx.person.id, userId, text });
  await send(ctx, messagePreview(ctx.t, { user, text, draftId }));
}

async function remember({ db, clock }: Parts, draftId: string, state: Draft): Promise<void> {
  const updatedAt = clock.now();
  await db.tx((tx) => keepFirst(tx, { key: keyOf(draftId), state, updatedAt }));
}

/** The draft is removed in the transaction that puts the message into the outbox, so it is sent once. */
async function deliver(ctx: BotContext, parts: Parts, draftId: string): Promise<void> {
  const at = parts.clock.now();
  const draft = await parts.db.tx(async (tx) => {
    const key = keyOf(draftId);
    const read = draftSchema.safeParse((await keptUnder(tx, key))?.state);
    if (!read.success || read.data.staffId !== ctx.person.id) return null;
    const { staffId, userId, text } = read.data;
    await forget(tx, key);
    const message = { key: `staff-message:${draftId}`, chatId: userId, params: { text }, at };
    await enqueue(tx, { ...message, kind: 'staff_message' });
    const subject = userSubject(userId);
    await writeAuditLog(tx, { staffId, action: 'message', subject, note: text, at });
    return read.data;
  });
  if (!draft) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  parts.notifyOutbox();
  await show(ctx, screen([ctx.t('people-message-sent')], [[personButton(ctx.t, draft.userId)]]));
}
