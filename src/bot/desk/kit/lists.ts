/** The lists of orders and of bills: the same filters, the same pages of history and of raw answers. */
import type { Queries } from '../../../db/database.ts';
import { storedAnswers } from '../../../topups/raw-answers.ts';
import { findUser } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { send, show } from '../../kit/reply.ts';
import {
  typedQuestion,
  choiceScreen,
  DAYS,
  dayTitle,
  groupChoices,
  historyScreen,
  type ListArea,
  listButton,
  rawScreen,
  type Step,
  typedDayButton,
} from './payments-screens.ts';
import type { Screen } from '../../kit/screen.ts';
import { askWords } from './asking.ts';
import { offsetOf } from './button-argument.ts';
import type { DeskAction, DeskFeature } from './feature.ts';
import { type Filter, filterArg, parseDay, readFilter } from './filter.ts';
import type { Role } from '../../../staff/staff.ts';

const STEPS = 15;

export interface ListPart {
  area: ListArea;
  screen: (ctx: BotContext, filter: Filter) => Promise<Screen>;
  /** Providers, or services, to filter by. */
  whoChoices: (ctx: BotContext) => Promise<[string, Partial<Filter>][]>;
  /** Of one order or bill, latest first. */
  steps: (queries: Queries, id: string, page: { offset: number; limit: number }) => Promise<Step[]>;
  /** What must not be seen in its raw answers. */
  secretsOf: (id: string) => Promise<string[]>;
}

export type Act = (ctx: BotContext, parts: Parts, arg: string) => Promise<void>;

export function deskAction(parts: Parts, role: Role, run: Act): DeskAction {
  return { role, run: async (ctx, arg) => await run(ctx, parts, arg) };
}

export function listTaps(parts: Parts, part: ListPart): NonNullable<DeskFeature['taps']> {
  const viewer = (run: Act): DeskAction => deskAction(parts, 'viewer', run);
  return {
    list: viewer(async (ctx, _, arg) => {
      await show(ctx, await part.screen(ctx, readFilter(arg)));
    }),
    state: viewer(async (ctx, _, arg) => {
      const title = ctx.t('payments-choose-state');
      await showChoices(ctx, part, { arg, title, choices: groupChoices(ctx.t) });
    }),
    who: viewer(async (ctx, _, arg) => {
      const any: [string, Partial<Filter>] = [ctx.t('payments-any'), { who: null }];
      const choices = [...(await part.whoChoices(ctx)), any];
      await showChoices(ctx, part, { arg, title: ctx.t('payments-choose-who'), choices });
    }),
    date: viewer(async (ctx, _, arg) => await chooseDay(ctx, part, arg)),
    typed: viewer(async (ctx, _, arg) => {
      await askFor(ctx, part, { name: 'date', arg, question: ctx.t('payments-ask-date') });
    }),
    user: viewer(async (ctx, _, arg) => {
      await askFor(ctx, part, { name: 'user', arg, question: ctx.t('payments-ask-user') });
    }),
    history: viewer(async (ctx, { db }, arg) => await showHistory(ctx, db.read, part, arg)),
    raw: viewer(async (ctx, _, arg) => await showRaw(ctx, parts, part, arg)),
  };
}

export function listInputs(parts: Parts, part: ListPart): NonNullable<DeskFeature['inputs']> {
  const viewer = (run: Act): DeskAction => deskAction(parts, 'viewer', run);
  const list = async (ctx: BotContext, arg: string, change: Partial<Filter>): Promise<void> => {
    await send(ctx, await part.screen(ctx, { ...readFilter(arg), ...change, cursor: null }));
  };
  return {
    user: viewer(async (ctx, { db }, arg) => {
      const text = ctx.typed;
      const user = text.trim() === '-' ? null : await findUser(db.read, text);
      if (user || text.trim() === '-') await list(ctx, arg, { userId: user?.id ?? null });
      else await send(ctx, { text: ctx.t('owner-no-user') });
    }),
    date: viewer(async (ctx, { clock }, arg) => {
      const day = parseDay(ctx.typed, clock.now());
      if (day === null) await send(ctx, { text: ctx.t('payments-bad-date') });
      else await list(ctx, arg, { day });
    }),
  };
}

async function showChoices(
  ctx: BotContext,
  { area }: ListPart,
  { arg, ...view }: { arg: string; title: string; choices: [string, Partial<Filter>][] },
): Promise<void> {
  await show(ctx, choiceScreen(ctx.t, { area, filter: readFilter(arg), ...view }));
}

async function chooseDay(ctx: BotContext, { area }: ListPart, arg: string): Promise<void> {
  const { t } = ctx;
  const filter = readFilter(arg);
  const days = DAYS.map((day): [string, Partial<Filter>] => [dayTitle(t, day), { day }]);
  const choices: [string, Partial<Filter>][] = [...days, [t('payments-any'), { day: null }]];
  const title = t('payments-choose-date');
  const extra = typedDayButton(t, area, filter);
  await show(ctx, choiceScreen(t, { area, filter, title, choices, extra }));
}

async function askFor(
  ctx: BotContext,
  { area }: ListPart,
  { name, arg, question }: { name: string; arg: string; question: string },
): Promise<void> {
  const filter = readFilter(arg);
  const screen = typedQuestion(question, listButton(ctx.t('button-back'), area, filter));
  await askWords(ctx, { area, name, arg: filterArg(filter), screen });
}

async function showHistory(
  ctx: BotContext,
  queries: Queries,
  { area, steps: read }: ListPart,
  arg: string,
): Promise<void> {
  const { id, offset } = offsetOf(arg);
  const found = await read(queries, id, { offset, limit: STEPS + 1 });
  const page = { area, id, offset, hasMore: found.length > STEPS, pageSize: STEPS };
  await show(ctx, historyScreen(ctx.t, { ...page, steps: found.slice(0, STEPS) }));
}

async function showRaw(
  ctx: BotContext,
  parts: Parts,
  { area, secretsOf }: ListPart,
  arg: string,
): Promise<void> {
  const { id, offset } = offsetOf(arg);
  const also = await secretsOf(id);
  const [stored, next] = await storedAnswers(parts.db.read, id, { offset, limit: 2 });
  const clean = stored ? { ...stored, body: parts.safeBody(stored.body, also) } : null;
  const page = { area, id, offset, hasMore: next !== undefined };
  await show(ctx, rawScreen(ctx.t, { ...page, stored: clean }));
}
