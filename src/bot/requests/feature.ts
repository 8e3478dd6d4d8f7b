/** Requests: the link that asks, and what whoever opens it may do. */
import { Composer } from 'grammy';
import { cleanTyped } from '../../core/typed-text.ts';
import { readTypedSum, type Tiyin } from '../../core/money.ts';
import { userBalance } from '../../ledger/ledger.ts';
import { standingOf } from '../../requests/request.ts';
import { MAX_ASKED_TIYIN, MIN_ASKED_TIYIN } from '../../requests/requests.ts';
import { getUser } from '../../users/users.ts';
import type { TapOf } from '../kit/callbacks.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import { badSumNotice, outOfLimits } from '../kit/format.ts';
import { plainText } from '../kit/plain-text.ts';
import { show } from '../kit/reply.ts';
import type { Screen } from '../kit/screen.ts';
import { place } from '../kit/talk.ts';
import { onTaps } from '../kit/taps.ts';
import { askForWords } from '../kit/words.ts';
import type { Words } from '../kit/told.ts';
import { ownRequest } from './own.ts';
import {
  askSumScreen,
  givenScreen,
  overScreen,
  quotaScreen,
  theirRequestScreen,
  unknownScreen,
} from './screens.ts';

/** The beginning of this feature's payloads: any other link is for somebody else. */
const OURS = /^r\d/;

export function requestFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('start', async (ctx, next) => {
    const payload = cleanTyped(ctx.match).trim();
    if (!OURS.test(payload)) {
      await next();
      return;
    }
    const id = await parts.requests.read(payload);
    await show(ctx, id === null ? unknownScreen(ctx.t) : await requestScreen(ctx, parts, id));
  });
  onTaps(composer, {
    request: async (ctx, tap) => await onRequest(ctx, parts, tap),
    request_ask: async (ctx) => await askSum(ctx, parts),
    request_sum: async (ctx, { sumTiyin }) => await askForBalance(ctx, parts, { sumTiyin }),
  });
  composer.use(async (ctx, next) => {
    if (ctx.answering?.area === AREA) await takeSum(ctx, parts, ctx.answering);
    else await next();
  });
  return composer;
}

async function onRequest(
  ctx: BotContext,
  parts: Parts,
  { action, id }: TapOf<'request'>,
): Promise<void> {
  if (action === 'give') {
    await give(ctx, parts, id);
    return;
  }
  if (action === 'withdraw') await parts.requests.withdraw(id, ctx.person.id);
  await show(ctx, await requestScreen(ctx, parts, id));
}

/** The request as it is now, for whoever asks or has the link. */
async function requestScreen(ctx: BotContext, parts: Parts, id: string): Promise<Screen> {
  const request = await parts.requests.get(id);
  if (!request) return unknownScreen(ctx.t);
  if (request.userId === ctx.person.id) return await ownRequest(ctx, parts, request);
  const standing = standingOf(request, parts.clock.now());
  if (standing !== 'open') return overScreen(ctx.t, standing);
  const asker = await getUser(parts.db.read, request.userId);
  const isPayable = request.kind === 'balance' || parts.menu.pay;
  if (!asker || asker.blockedAt !== null || !isPayable) return unknownScreen(ctx.t);
  const { availableTiyin } = await userBalance(parts.db.read, ctx.person.id);
  return theirRequestScreen(ctx.t, { request, person: asker, availableTiyin });
}

/** Pays onto a balance. The tapped screen says whose it is and how much: a second tap finds the same payment. */
async function give(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const { t, person } = ctx;
  const outcome = await parts.requests.give(id, person.id);
  if (outcome.kind === 'not_found') {
    await show(ctx, unknownScreen(t));
    return;
  }
  if (outcome.kind === 'over') {
    await show(ctx, overScreen(t, outcome.standing));
    return;
  }
  const { request } = outcome;
  const asker = await getUser(parts.db.read, request.userId);
  const { availableTiyin } = await userBalance(parts.db.read, person.id);
  const shown = { request, person: asker, availableTiyin };
  if (outcome.kind === 'given') await show(ctx, givenScreen(t, shown));
  else await show(ctx, theirRequestScreen(t, shown));
}

/** The name under which the question for a sum is asked. */
const AREA = 'requests';

async function askSum(ctx: BotContext, { terms, db }: Parts): Promise<void> {
  const { presetsTiyin } = await terms(db.read);
  const screenId = await show(ctx, askSumScreen(ctx.t, { presetsTiyin }));
  await askForWords(ctx, { area: AREA, name: 'sum', arg: '-', screenId });
}

async function takeSum(ctx: BotContext, parts: Parts, asked: Words): Promise<void> {
  const { t } = ctx;
  const read = readTypedSum(plainText(ctx.typed));
  if (read.kind === 'sum') {
    await askForBalance(ctx, parts, { sumTiyin: read.tiyin, screenId: asked.screenId ?? null });
    return;
  }
  const limits = { minTiyin: MIN_ASKED_TIYIN, maxTiyin: MAX_ASKED_TIYIN };
  await askSumAgain(ctx, parts, {
    notice: badSumNotice(t, read.kind, limits),
    screenId: asked.screenId ?? null,
  });
}

async function askSumAgain(
  ctx: BotContext,
  { terms, db }: Parts,
  { notice, screenId: before }: { notice: string; screenId: number | null },
): Promise<void> {
  const { presetsTiyin } = await terms(db.read);
  const screenId = await place(ctx, before, askSumScreen(ctx.t, { presetsTiyin, notice }));
  await askForWords(ctx, { area: AREA, name: 'sum', arg: '-', screenId });
}

async function askForBalance(
  ctx: BotContext,
  parts: Parts,
  { sumTiyin, screenId = null }: { sumTiyin: Tiyin; screenId?: number | null },
): Promise<void> {
  const outcome = await parts.requests.askForBalance(ctx.person.id, sumTiyin);
  if (outcome.kind === 'out_of_limits') {
    await askSumAgain(ctx, parts, { notice: outOfLimits(ctx.t, outcome), screenId });
    return;
  }
  const isSpent = outcome.kind === 'quota_spent';
  const shown = isSpent
    ? quotaScreen(ctx.t, outcome, parts.clock.now())
    : await requestScreen(ctx, parts, outcome.request.id);
  await place(ctx, screenId, shown);
}
