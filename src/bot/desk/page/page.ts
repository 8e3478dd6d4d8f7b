/** `/desk`: a link to the staff's web page, good once and for some minutes, for who asked alone. */
import { realRandom } from '../../../core/deps.ts';
import { keepLink, LINK_MS, newToken } from '../../../staff/sign-ins.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { escapeHtml } from '../../kit/format.ts';
import { answer, send } from '../../kit/reply.ts';
import { linkButton, screen } from '../../kit/screen.ts';
import type { DeskAction, DeskFeature } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';

export function pageDesk(parts: Parts): DeskFeature {
  const link: DeskAction = { role: 'viewer', run: async (ctx) => await sendLink(ctx, parts) };
  return {
    area: 'page',
    ...(parts.pageAddress ? { menu: { label: 'page-menu', action: 'link', role: 'viewer' } } : {}),
    commands: { desk: link },
    taps: { link },
  };
}

async function sendLink(ctx: BotContext, parts: Parts): Promise<void> {
  const { t } = ctx;
  // Somebody else in a group could open the link and would be taken for whoever asked.
  if (ctx.chat?.type !== 'private') {
    await answer(ctx, t('people-toast-private'), { alert: true });
    return;
  }
  const address = parts.pageAddress?.() ?? null;
  if (address === null) {
    await send(ctx, screen([t('page-off')], [[deskHomeButton(t)]]));
    return;
  }
  const token = newToken(parts.random ?? realRandom);
  const { db, clock } = parts;
  await db.tx((tx) => keepLink(tx, { token, userId: ctx.person.id, at: clock.now() }));
  // What follows "#" is sent to no server: neither Telegram's preview nor a proxy's log can use the link up.
  const url = `${address}/desk#${token}`;
  const isPublic = address.startsWith('https://');
  await send(
    ctx,
    screen(
      [
        t('page-link', { minutes: String(LINK_MS / 60_000) }),
        // Telegram takes no button that leads to this machine.
        isPublic ? null : `<code>${escapeHtml(url)}</code>`,
      ],
      [[isPublic ? linkButton(t('page-button-open'), url) : null], [deskHomeButton(t)]],
    ),
  );
}
