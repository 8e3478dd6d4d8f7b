/** A message to everybody on its way: how far it is, and stopping it. */
import type { BroadcastsOptions } from '../../../broadcast/broadcasts.ts';
import { type Broadcast, broadcastById, stopBroadcast } from '../../../broadcast/store.ts';
import { languageOf } from '../../../core/language.ts';
import { getUser } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import type { Translate } from '../../locales/texts.ts';
import { answer, send, show } from '../../kit/reply.ts';
import { personName } from '../../kit/format.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { askStopScreen, progressScreen } from './broadcast-views.ts';
import type { DeskAction } from '../kit/feature.ts';
import { writeAuditLog } from '../../../staff/audit-log.ts';

export async function broadcastScreen(
  parts: Pick<Parts, 'db' | 'texts'>,
  t: Translate,
  { broadcast, leftMs }: { broadcast: Broadcast; leftMs: number | null },
): Promise<Screen> {
  const { stoppedBy } = broadcast;
  const person = stoppedBy === null ? null : await getUser(parts.db.read, stoppedBy);
  const stopper = stoppedBy === null ? null : person ? personName(person) : String(stoppedBy);
  return progressScreen(t, { broadcast, texts: parts.texts, leftMs, stopper });
}

/** What the progress message says, in the language of the person who has it. */
export function broadcastPresenter(parts: Parts): BroadcastsOptions['present'] {
  return async (broadcast, { leftMs }) => {
    const user = await getUser(parts.db.read, broadcast.staffId);
    const spoken = user ?? { language: null, telegramLanguage: null };
    const t = parts.texts(languageOf(spoken, parts.defaultLanguage));
    return await broadcastScreen(parts, t, { broadcast, leftMs });
  };
}

export async function showProgress(
  ctx: BotContext,
  parts: Parts,
  broadcast: Broadcast,
): Promise<void> {
  await show(ctx, await broadcastScreen(parts, ctx.t, { broadcast, leftMs: null }));
}

const owner = (run: DeskAction['run']): DeskAction => ({ role: 'owner', run });

export function progressTaps(
  parts: Parts,
): Record<'show' | 'stop' | 'stopnow' | 'goon', DeskAction> {
  return {
    show: owner(async (ctx, id) => {
      const known = await begun(ctx, parts, id);
      if (known) await showProgress(ctx, parts, known);
    }),
    stop: owner(async (ctx, id) => {
      const known = await begun(ctx, parts, id);
      if (known?.state === 'running') await send(ctx, askStopScreen(ctx.t, id));
      else if (known) await answer(ctx, ctx.t('broadcast-toast-ended'));
    }),
    stopnow: owner(async (ctx, id) => await stop(ctx, parts, id)),
    goon: owner(async (ctx) => void (await show(ctx, screen([ctx.t('broadcast-goes-on')])))),
  };
}

/** A broadcast that has begun, which any owner may look after; a draft belongs to who made it. */
async function begun(ctx: BotContext, { db }: Parts, id: string): Promise<Broadcast | null> {
  const known = await broadcastById(db.read, id);
  if (known && known.startedAt !== null) return known;
  await answer(ctx, ctx.t('toast-old'));
  return null;
}

async function stop(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  if (!(await begun(ctx, parts, id))) return;
  const staffId = ctx.person.id;
  const at = parts.clock.now();
  const isStopped = await parts.db.tx(async (tx) => {
    const stopped = await stopBroadcast(tx, { id, staffId });
    const subject = `broadcast:${id}`;
    if (stopped) await writeAuditLog(tx, { staffId, action: 'broadcast_stop', subject, at });
    return stopped;
  });
  parts.broadcastNotify?.();
  if (!isStopped) await answer(ctx, ctx.t('broadcast-toast-ended'));
  const now = await broadcastById(parts.db.read, id);
  if (now) await showProgress(ctx, parts, now);
}
