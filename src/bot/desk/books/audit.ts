/** `/audit`: the whole books recomputed, and a chain's head that an owner noted compared with today's. */
import { auditBooks, type BooksReport } from '../../../books/audit.ts';
import { checkHead, parseHead, sealAll } from '../../../ledger/seals.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, send } from '../../kit/reply.ts';
import { auditScreen, headScreen } from './books-screens.ts';
import type { DeskAction, DeskFeature } from '../kit/feature.ts';

const AREA = 'books';

export function auditDesk(parts: Parts): DeskFeature {
  const audit: DeskAction = {
    role: 'viewer',
    run: async (ctx, arg) =>
      await (arg === '' ? auditNow(ctx, parts) : compareHead(ctx, parts, arg)),
  };
  return {
    area: AREA,
    menu: { label: 'books-menu-audit', action: 'audit', role: 'viewer' },
    commands: { audit },
    taps: { audit },
  };
}

async function auditNow(ctx: BotContext, parts: Parts): Promise<void> {
  await answer(ctx, ctx.t('books-checking'));
  await sealAll(parts.db, parts.clock.now());
  await send(ctx, auditScreen(ctx.t, await reportOf(parts)));
}

async function reportOf({ books, db, clock }: Parts): Promise<BooksReport> {
  return books ? await books.audit() : await auditBooks(db, { at: clock.now() });
}

async function compareHead(ctx: BotContext, parts: Parts, text: string): Promise<void> {
  const noted = parseHead(text);
  if (!noted) {
    await send(ctx, { text: ctx.t('books-usage') });
    return;
  }
  const outcome = await checkHead(parts.db.read, noted);
  await send(ctx, headScreen(ctx.t, { noted, outcome }));
}
