/** The lists of orders and of bills: the same filters, the same pages of history and of raw answers. */
import type { Queries } from '../../../db/database.ts';
import { storedAnswers } from '../../../topups/raw-answers.ts';
import { fillSearchTexts, findUsers } from '../../../users/find.ts';
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
  turnTap,
  typedDayButton,
  whoseScreen,
} from './payments-screens.ts';
import type { Screen } from '../../kit/screen.ts';
import { askAgain, askWords } from './asking.ts';
import type { DeskAction, DeskFeature } from './feature.ts';
import { type Filter, FILTER, NO_FILTER, parseDay } from './filter.ts';
import { namesIn } from './names.ts';
import type { Step } from './step-words.ts';
import type { Role } from '../../../staff/staff.ts';

const STEPS = 15;
/** How many people are offered to choose from. */
const MOST = 8;

export interface ListPart {
  area: ListArea;
  screen: (ctx: BotContext, filter: Filter) => Promise<Screen>;
  /** Providers, or services, to filter by. */
  whoChoices: (ctx: BotContext) => Promise<[string, Partial<Filter>][]>;
  /** The history of one order or bill, latest step first. */
  steps: (queries: Queries, id: string, page: { offset: number; limit: number }) => Promise<Step[]>;
  /** The secrets of an order or bill, which must not be seen in its raw answers. */
  secretsOf: (id: string) => Promise<string[]>;
}

export type Act = (ctx: BotContext, parts: Parts, arg: string) => Promise<void>;

export function deskAction(parts: Parts, role: Role, run: Act): DeskAction {
  return { role, run: async (ctx, arg) => await run(ctx, parts, arg) };
}

function filtered(run: (ctx: BotContext, filter: Filter) => Promise<unknown>): DeskAction {
  const read = FILTER.by('viewer', run);
  // The button of the menu carries no filter.
  return { ...read, run: (ctx, arg) => read.run(ctx, arg === '' ? FILTER.arg(NO_FILTER) : arg) };
}

export function listTaps(parts: Parts, part: ListPart): NonNullable<DeskFeature['taps']> {
  const { area } = part;
  return {
    list: filtered(async (ctx, filter) => await show(ctx, await part.screen(ctx, filter))),
    state: filtered(async (ctx, filter) => {
      const title = ctx.t('payments-choose-state');
      const choices = groupChoices(ctx.t);
      await show(ctx, choiceScreen(ctx.t, { area, filter, title, choices }));
    }),
    who: filtered(async (ctx, filter) => {
      const any: [string, Partial<Filter>] = [ctx.t('payments-any'), { who: null }];
      const choices = [...(await part.whoChoices(ctx)), any];
      const title = ctx.t('payments-choose-who');
      await show(ctx, choiceScreen(ctx.t, { area, filter, title, choices }));
    }),
    date: filtered(async (ctx, filter) => await chooseDay(ctx, part, filter)),
    typed: filtered(async (ctx, filter) => {
      await askFor(ctx, part, { name: 'date', filter, question: ctx.t('payments-ask-date') });
    }),
    user: filtered(async (ctx, filter) => {
      await askFor(ctx, part, { name: 'user', filter, question: ctx.t('payments-ask-user') });
    }),
    history: turnTap(area, 'history').by('viewer', async (ctx, page) => {
      await showHistory(ctx, parts.db.read, part, page);
    }),
    raw: turnTap(area, 'raw').by('viewer', async (ctx, page) => {
      await showRaw(ctx, parts, part, page);
    }),
  };
}

export function listInputs(
  { db, clock }: Parts,
  part: ListPart,
): NonNullable<DeskFeature['inputs']> {
  const list = async (ctx: BotContext, filter: Filter): Promise<void> => {
    await send(ctx, await part.screen(ctx, { ...filter, cursor: null }));
  };
  return {
    user: FILTER.by('viewer', async (ctx, filter) => {
      const text = ctx.typed.trim();
      await fillSearchTexts(db);
      const found = text === '-' ? [] : await findUsers(db.read, text, { offset: 0, limit: MOST });
      const [only, other] = found;
      if (other) await send(ctx, whoseScreen(ctx.t, { area: part.area, filter, people: found }));
      else if (only || text === '-') await list(ctx, { ...filter, userId: only?.id ?? null });
      else await askAgain(ctx, ctx.t('owner-no-user'));
    }),
    date: FILTER.by('viewer', async (ctx, filter) => {
      const day = parseDay(ctx.typed, clock.now());
      if (day === null) await askAgain(ctx, ctx.t('payments-bad-date'));
      else await list(ctx, { ...filter, day });
    }),
  };
}

async function chooseDay(ctx: BotContext, { area }: ListPart, filter: Filter): Promise<void> {
  const { t } = ctx;
  const days = DAYS.map((day): [string, Partial<Filter>] => [dayTitle(t, day), { day }]);
  const choices: [string, Partial<Filter>][] = [...days, [t('payments-any'), { day: null }]];
  const title = t('payments-choose-date');
  const extra = typedDayButton(t, area, filter);
  await show(ctx, choiceScreen(t, { area, filter, title, choices, extra }));
}

async function askFor(
  ctx: BotContext,
  { area }: ListPart,
  { name, filter, question }: { name: string; filter: Filter; question: string },
): Promise<void> {
  const screen = typedQuestion(question, listButton(ctx.t('button-back'), area, filter));
  await askWords(ctx, { area, name, arg: FILTER.arg(filter), screen });
}

interface Page {
  id: string;
  offset: number;
}

async function showHistory(
  ctx: BotContext,
  queries: Queries,
  { area, steps: read }: ListPart,
  { id, offset }: Page,
): Promise<void> {
  const found = await read(queries, id, { offset, limit: STEPS + 1 });
  const steps = found.slice(0, STEPS);
  const page = { area, id, offset, hasMore: found.length > STEPS, pageSize: STEPS };
  const names = await namesIn(queries, steps);
  await show(ctx, historyScreen(ctx.t, { ...page, steps, names }));
}

async function showRaw(
  ctx: BotContext,
  parts: Parts,
  { area, secretsOf }: ListPart,
  { id, offset }: Page,
): Promise<void> {
  const also = await secretsOf(id);
  const [stored, next] = await storedAnswers(parts.db.read, id, { offset, limit: 2 });
  const clean = stored ? { ...stored, body: parts.safeBody(stored.body, also) } : null;
  const page = { area, id, offset, hasMore: next !== undefined };
  await show(ctx, rawScreen(ctx.t, { ...page, stored: clean }));
}
