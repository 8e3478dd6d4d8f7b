/** A message to everybody before it goes out: asked for, shown as it will look, and to whom. */
import { type Audience, countRecipients, EVERYBODY } from '../../../users/audience.ts';
import { readContent, sendContent, wordsOf } from '../../../broadcast/content.ts';
import {
  type Broadcast,
  broadcastById,
  currentBroadcast,
  draftBroadcast,
  dropDraft,
  lastBroadcast,
  setAudience,
  startBroadcast,
  type StartOutcome,
} from '../../../broadcast/store.ts';
import { refusalOf } from '../../../core/telegram-errors.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import { clip, escapeHtml } from '../../kit/format.ts';
import { screen } from '../../kit/screen.ts';
import { approvalId } from '../kit/asking.ts';
import type { DeskAction, DeskInput } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import { askForWords } from '../../kit/words.ts';
import { showProgress } from './broadcast-progress.ts';
import {
  askContentScreen,
  BROADCAST_AREA,
  confirmScreen,
  draftScreen,
  LANGUAGE,
  SEEN,
} from './broadcast-views.ts';
import { writeAuditLog } from '../../../staff/audit-log.ts';

/** How much of the text the audit log keeps. */
const MAX_NOTE = 500;

/** `/broadcast`: the one that runs, or the question for a new one. */
export async function openBroadcasts(ctx: BotContext, parts: Parts): Promise<void> {
  const current = await currentBroadcast(parts.db.read);
  if (current) {
    await showProgress(ctx, parts, current);
    return;
  }
  if (ctx.chat?.type !== 'private') {
    await answer(ctx, ctx.t('people-toast-private'), { alert: true });
    return;
  }
  await askForContent(ctx, parts, { problem: null });
}

async function askForContent(
  ctx: BotContext,
  parts: Parts,
  { problem, album = '' }: { problem: string | null; album?: string },
): Promise<void> {
  await askForWords(ctx, { area: BROADCAST_AREA, name: 'content', arg: album });
  const last = await lastBroadcast(parts.db.read);
  await show(ctx, askContentScreen(ctx.t, { problem, last }));
}

export function draftInputs(parts: Parts): Record<'content', DeskInput> {
  return {
    content: { role: 'owner', run: async (ctx, arg) => await takeContent(ctx, parts, arg) },
  };
}

/** `album`: the album whose first picture was refused already. */
async function takeContent(ctx: BotContext, parts: Parts, album: string): Promise<void> {
  if (!ctx.message) return;
  const read = readContent(ctx.message);
  if (read.kind === 'album') {
    const { groupId } = read;
    const question = { area: BROADCAST_AREA, name: 'content', arg: groupId };
    if (groupId === album) await askForWords(ctx, question);
    else await askForContent(ctx, parts, { problem: ctx.t('broadcast-bad-album'), album: groupId });
    return;
  }
  if (read.kind === 'unfit') {
    await askForContent(ctx, parts, { problem: ctx.t('broadcast-bad-kind') });
    return;
  }
  const { content } = read;
  try {
    await sendContent(ctx.api, { chatId: ctx.message.chat.id, content });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.error_code !== 400) throw error;
    const reason = escapeHtml(refusal.description);
    await askForContent(ctx, parts, { problem: ctx.t('broadcast-bad-refused', { reason }) });
    return;
  }
  const id = approvalId(ctx);
  const draft = { id, staffId: ctx.person.id, content, audience: EVERYBODY };
  await parts.db.tx((tx) => draftBroadcast(tx, { ...draft, at: parts.clock.now() }));
  await showDraft(ctx, parts, id);
}

const owner = (run: DeskAction['run']): DeskAction => ({ role: 'owner', run });

export function draftTaps(
  parts: Parts,
): Record<'leave' | 'language' | 'seen' | 'draft' | 'ask' | 'start' | 'drop', DeskAction> {
  return {
    // The tap itself closes the question.
    leave: owner(async (ctx) => await showDropped(ctx)),
    language: LANGUAGE.by('owner', async (ctx, chosen) => await choose(ctx, parts, chosen)),
    seen: SEEN.by('owner', async (ctx, chosen) => await choose(ctx, parts, chosen)),
    draft: owner(async (ctx, id) => await showDraft(ctx, parts, id)),
    ask: owner(async (ctx, id) => await askToConfirm(ctx, parts, id)),
    start: owner(async (ctx, id) => await start(ctx, parts, id)),
    drop: owner(async (ctx, id) => {
      if (!(await ownDraft(ctx, parts, id))) return;
      await parts.db.tx((tx) => dropDraft(tx, id));
      await showDropped(ctx);
    }),
  };
}

async function showDropped(ctx: BotContext): Promise<void> {
  await show(ctx, screen([ctx.t('broadcast-dropped')], [[deskHomeButton(ctx.t)]]));
}

/** The draft, when it is this person's and still a draft; otherwise what has become of it is shown. */
async function ownDraft(ctx: BotContext, parts: Parts, id: string): Promise<Broadcast | null> {
  const known = await broadcastById(parts.db.read, id);
  if (!known || known.staffId !== ctx.person.id || known.state === 'dropped') {
    await answer(ctx, ctx.t('toast-old'));
    return null;
  }
  if (known.state === 'draft') return known;
  await showProgress(ctx, parts, known);
  return null;
}

async function choose(
  ctx: BotContext,
  parts: Parts,
  { id, ...change }: { id: string } & Partial<Audience>,
): Promise<void> {
  const draft = await ownDraft(ctx, parts, id);
  if (!draft) return;
  const audience = { ...draft.audience, ...change };
  await parts.db.tx((tx) => setAudience(tx, { id, audience }));
  await showDraft(ctx, parts, id);
}

async function showDraft(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const draft = await ownDraft(ctx, parts, id);
  if (!draft) return;
  const total = await count(parts, draft, parts.clock.now());
  await show(ctx, draftScreen(ctx.t, { draft, total, texts: parts.texts }));
}

async function count(parts: Parts, { audience }: Broadcast, startedAt: number): Promise<number> {
  const { db, clock, defaultLanguage } = parts;
  return await countRecipients(db.read, { audience, startedAt, defaultLanguage }, clock);
}

async function askToConfirm(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const draft = await ownDraft(ctx, parts, id);
  if (!draft) return;
  const total = await count(parts, draft, parts.clock.now());
  if (total === 0) await answer(ctx, ctx.t('broadcast-nobody'), { alert: true });
  else await show(ctx, confirmScreen(ctx.t, { draft, total, texts: parts.texts }));
}

/** Two taps, or two owners at once, begin one broadcast: see `startBroadcast`. */
async function start(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const draft = await ownDraft(ctx, parts, id);
  if (!draft) return;
  const startedAt = parts.clock.now();
  const total = await count(parts, draft, startedAt);
  const message = ctx.callbackQuery?.message;
  const progress = message ? { chatId: message.chat.id, messageId: message.message_id } : null;
  const outcome = await parts.db.tx<StartOutcome>(async (tx) => {
    const started = await startBroadcast(tx, { id, total, progress, startedAt });
    if (started.kind === 'started') {
      const note = noteOf(started.broadcast);
      const subject = `broadcast:${id}`;
      const entry = { staffId: ctx.person.id, subject, note, at: startedAt };
      await writeAuditLog(tx, { ...entry, action: 'broadcast' });
    }
    return started;
  });
  if (outcome.kind === 'busy') {
    await answer(ctx, ctx.t('broadcast-busy'), { alert: true });
    return;
  }
  const now = await broadcastById(parts.db.read, id);
  // The screen comes first, because afterwards the sender edits it.
  if (now) await showProgress(ctx, parts, now);
  parts.broadcastNotify?.();
}

function noteOf({ content, audience, total }: Broadcast): string {
  const whom = `${audience.language ?? 'all'}, ${audience.seenDays ?? 'any'} days, ${total}`;
  return clip(`${content.kind} (${whom}): ${wordsOf(content)}`, MAX_NOTE);
}
