/** Balance, history, help. */
import { Composer } from 'grammy';
import { balanceOfUser } from './balance.ts';
import { type StatementFilter, statementOf } from '../../ledger/statement.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import { send, show } from '../kit/reply.ts';
import { onMenu, onTaps } from '../kit/taps.ts';
import { historyScreen, PAGE_SIZE } from './history.ts';
import { statementFileFeature } from './statement-file.ts';
import { STATEMENT_PAGE, statementScreen } from './statement.ts';
import { balanceScreen, help } from './home.ts';

export function accountFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(statementFileFeature(parts));
  const balance = async (ctx: BotContext) => await showBalance(ctx, parts);
  onMenu(composer, parts, { commands: ['balance'], entry: 'cabinet' }, balance);
  onMenu(composer, parts, { commands: ['history'], entry: 'history' }, async (ctx) => {
    await showStatement(ctx, parts, { filter: 'all', offset: 0 });
  });
  onMenu(composer, parts, { commands: ['help'], entry: 'help' }, async (ctx) => {
    await send(ctx, help(ctx.t, parts.menu));
  });
  onTaps(composer, {
    balance,
    history: async (ctx, { offset }) => await showHistory(ctx, parts, offset),
    statement: async (ctx, page) => await showStatement(ctx, parts, page),
  });
  return composer;
}

async function showBalance(ctx: BotContext, { db }: Parts): Promise<void> {
  const balance = await balanceOfUser(db.read, ctx.person.id);
  await show(ctx, balanceScreen(ctx.t, { person: ctx.person, balance }));
}

async function showStatement(
  ctx: BotContext,
  { db, menu }: Parts,
  { filter, offset }: { filter: StatementFilter; offset: number },
): Promise<void> {
  // One more than a page tells whether there are older ones.
  const page = { filter, offset, limit: STATEMENT_PAGE + 1 };
  const found = await statementOf(db.read, ctx.person.id, page);
  const lines = found.slice(0, STATEMENT_PAGE);
  const hasOlder = found.length > STATEMENT_PAGE;
  const shown = { filter, lines, offset, hasOlder };
  await show(ctx, statementScreen(ctx.t, shown, { paysBills: menu.pay }));
}

async function showHistory(ctx: BotContext, { topups }: Parts, offset: number): Promise<void> {
  // One more than a page tells whether there are older ones.
  const found = await topups.history(ctx.person.id, { offset, limit: PAGE_SIZE + 1 });
  const entries = found.slice(0, PAGE_SIZE);
  await show(ctx, historyScreen(ctx.t, { entries, offset, hasOlder: found.length > PAGE_SIZE }));
}
