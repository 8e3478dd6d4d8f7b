/** Balance, history, help. */
import { Composer } from 'grammy';
import { balanceOfUser } from './balance.ts';
import { type StatementFilter, statementOf } from '../../ledger/statement.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import { send, show } from '../kit/reply.ts';
import type { Screen } from '../kit/screen.ts';
import { showTable } from '../kit/table.ts';
import { onMenu, onTaps } from '../kit/taps.ts';
import { historyScreen, PAGE_SIZE } from './history.ts';
import { statementFileFeature } from './statement-file.ts';
import {
  STATEMENT_PAGE,
  type StatementPage,
  statementScreen,
  statementTable,
  TABLE_PAGE,
} from './statement.ts';
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
    statement_table: async (ctx, page) => await showStatementTable(ctx, parts, page),
  });
  return composer;
}

async function showBalance(ctx: BotContext, { db }: Parts): Promise<void> {
  const balance = await balanceOfUser(db.read, ctx.person.id);
  await show(ctx, balanceScreen(ctx.t, { person: ctx.person, balance }));
}

interface Page {
  filter: StatementFilter;
  offset: number;
}

async function showStatement(ctx: BotContext, parts: Parts, page: Page): Promise<void> {
  await show(ctx, await statementList(ctx, parts, page));
}

async function statementList(ctx: BotContext, parts: Parts, page: Page): Promise<Screen> {
  const shown = await statementPage(ctx, parts, { ...page, size: STATEMENT_PAGE });
  const { menu, novelties } = parts;
  const knowsTables = novelties.knows('rich');
  return statementScreen(ctx.t, shown, { paysBills: menu.pay, knowsTables });
}

async function showStatementTable(ctx: BotContext, parts: Parts, page: Page): Promise<void> {
  const shown = await statementPage(ctx, parts, { ...page, size: TABLE_PAGE });
  const words = async (): Promise<Screen> => await statementList(ctx, parts, page);
  if (shown.lines.length === 0) await show(ctx, await words());
  else await showTable(ctx, parts, { ...statementTable(ctx.t, shown), words });
}

async function statementPage(
  ctx: BotContext,
  { db }: Parts,
  { size, ...page }: Page & { size: number },
): Promise<StatementPage> {
  // One more than a page tells whether there are older ones.
  const found = await statementOf(db.read, ctx.person.id, { ...page, limit: size + 1 });
  return { ...page, lines: found.slice(0, size), hasOlder: found.length > size };
}

async function showHistory(ctx: BotContext, { topups }: Parts, offset: number): Promise<void> {
  // One more than a page tells whether there are older ones.
  const found = await topups.history(ctx.person.id, { offset, limit: PAGE_SIZE + 1 });
  const entries = found.slice(0, PAGE_SIZE);
  await show(ctx, historyScreen(ctx.t, { entries, offset, hasOlder: found.length > PAGE_SIZE }));
}
