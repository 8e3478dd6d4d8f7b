/** `/settings`: what an owner changes without a restart. What changes sums takes the way of money, with a second owner. */
import { NAMED_WAYS, type NamedWay, type Way } from '../../../core/payment-systems.ts';
import {
  chosenTerm,
  MONEY_TERMS,
  TERM_NAMES,
  type TermName,
  type Terms,
  termsIf,
  termText,
} from '../../../settings/terms.ts';
import { changeTerm, termApprovalActions, termRequest } from '../../../staff/term-changes.ts';
import { waysOf } from '../../../topups/ways.ts';
import { getUser } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { money, plainName } from '../../kit/format.ts';
import { answer, show } from '../../kit/reply.ts';
import { askApproval } from '../approvals/approving.ts';
import { askWords } from '../kit/asking.ts';
import type { DeskAction, DeskFeature } from '../kit/feature.ts';
import {
  type Arranged,
  ASKED,
  HIDE,
  RESET,
  SETTINGS_AREA,
  settingsScreen,
  SHOW,
  termScreen,
  type TermView,
  UNHIDE,
  UP,
} from './settings-screens.ts';
import { typedTerm } from './typed.ts';
import { wayNames } from './way-names.ts';

export function settingsDesk(parts: Parts): DeskFeature {
  const list: DeskAction = { role: 'viewer', run: async (ctx) => await showAll(ctx, parts) };
  const named = wayNames(parts);
  return {
    area: SETTINGS_AREA,
    menu: { label: 'settings-menu', action: 'list', role: 'viewer' },
    commands: { settings: list },
    taps: {
      ...named.taps,
      list,
      show: SHOW.by('viewer', async (ctx, { name }) => await showOne(ctx, parts, name)),
      reset: RESET.by('owner', async (ctx, { name }) => await change(ctx, parts, name, null)),
      here: {
        role: 'owner',
        run: async (ctx) => await change(ctx, parts, 'SUPPORT_CONTACT', ''),
      },
      hide: HIDE.by('owner', async (ctx, { way }) => {
        await arrange(ctx, parts, (shown) => shown.filter((each) => each !== way));
      }),
      unhide: UNHIDE.by('owner', async (ctx, { way }) => {
        await arrange(ctx, parts, (shown) => [...new Set([...shown, way])]);
      }),
      up: UP.by('owner', async (ctx, tapped) => {
        await arrange(ctx, parts, (shown) => moved(shown, tapped));
      }),
    },
    inputs: {
      ...named.inputs,
      value: ASKED.by('owner', async (ctx, { name }) => await take(ctx, parts, name)),
    },
    approvalActions: termApprovalActions(parts),
  };
}

/** The terms that mean something here: without Paylov there is no fee. */
function namesOf({ menu }: Parts): TermName[] {
  return TERM_NAMES.filter((name) => menu.pay || name !== 'BILL_FEE_PERCENT');
}

async function showAll(ctx: BotContext, parts: Parts): Promise<void> {
  const terms = await parts.terms(parts.db.read);
  const views = await Promise.all(namesOf(parts).map((name) => viewOf(parts, terms, name)));
  await show(ctx, settingsScreen(ctx.t, views));
}

async function viewOf(parts: Parts, terms: Terms, name: TermName): Promise<TermView> {
  const row = await chosenTerm(parts.db.read, name);
  const text = termText(terms, name);
  if (!row) return { name, text, chosen: null };
  const user = await getUser(parts.db.read, row.changedBy);
  const by = (user && plainName(user)) || String(row.changedBy);
  return { name, text, chosen: { at: row.changedAt, by } };
}

/** The menu as it is now, with the ways that there are here. */
async function arrangedNow({ topups }: Parts, { ways }: Terms): Promise<Arranged> {
  const all = waysOf(await topups.offers(), NAMED_WAYS).all;
  const there = new Set<Way>(all.map(({ way }) => way));
  return {
    shown: ways.filter((way) => there.has(way)),
    hidden: NAMED_WAYS.filter((way) => there.has(way) && !ways.includes(way)),
  };
}

/** Whoever may change it is asked for another value at once. */
async function showOne(
  ctx: BotContext,
  parts: Parts,
  name: TermName,
  notice?: string,
): Promise<void> {
  const terms = await parts.terms(parts.db.read);
  const ways = await arrangedNow(parts, terms);
  const isPrivate = ctx.chat?.type === 'private';
  const mayChange = parts.staff.may(ctx.person.id, 'owner') && isPrivate;
  const notes = { mayChange, ways, ...(notice === undefined ? {} : { notice }) };
  const screen = termScreen(ctx.t, await viewOf(parts, terms, name), notes);
  if (!mayChange || name === 'TOPUP_ORDER') await show(ctx, screen);
  else
    await askWords(ctx, { area: SETTINGS_AREA, name: 'value', arg: ASKED.arg({ name }), screen });
}

async function take(ctx: BotContext, parts: Parts, name: TermName): Promise<void> {
  // Sums may stand on lines of their own, and lines stay as they were sent.
  const text = typedTerm(name, ctx.typed);
  if (text === null) await showOne(ctx, parts, name, ctx.t('term-not-understood'));
  else await change(ctx, parts, name, text);
}

/** Changes it at once, or asks for an approval where it changes what people pay. */
async function change(
  ctx: BotContext,
  parts: Parts,
  name: TermName,
  text: string | null,
): Promise<void> {
  const now = await parts.terms(parts.db.read);
  const from = termText(now, name);
  const next = termsIf(now, { name, text, first: parts.firstTerms });
  if (next === null) {
    await showOne(ctx, parts, name, whyNot(ctx, now, name));
    return;
  }
  // The value as it will be read back: a phone may be written in many ways.
  const to = text === null ? null : termText(next, name);
  // The update is handled again, or nothing changes.
  if (from === to) {
    await showOne(ctx, parts, name, ctx.t('term-changed'));
    return;
  }
  const { id: staffId } = ctx.person;
  if (MONEY_TERMS.some((each) => each === name)) {
    const request = termRequest({ name, from, to });
    await askApproval(ctx, parts, { ...request, userId: staffId, amountTiyin: 0 });
    return;
  }
  const by = { staffId, secondId: null, at: parts.clock.now() };
  const done = await parts.db.tx((tx) => changeTerm(parts, tx, { name, from, to, ...by }));
  await showOne(ctx, parts, name, ctx.t(done === 'done' ? 'term-changed' : 'term-overtaken'));
}

function whyNot({ t }: BotContext, { minTiyin, maxTiyin }: Terms, name: TermName): string {
  if (name !== 'TOPUP_MIN' && name !== 'TOPUP_MAX') return t('term-not-allowed');
  return t('term-no-sum-left', { min: money(t, minTiyin), max: money(t, maxTiyin) });
}

/** Changes the menu as it is now, and only where that makes another one. Ways that are not there are forgotten. */
async function arrange(
  ctx: BotContext,
  parts: Parts,
  next: (shown: readonly NamedWay[]) => readonly NamedWay[],
): Promise<void> {
  const terms = await parts.terms(parts.db.read);
  const { shown } = await arrangedNow(parts, terms);
  const ways = next(shown);
  if (ways.length === 0) {
    await answer(ctx, ctx.t('term-last-way'), { alert: true });
  } else if (ways.join() === shown.join()) {
    await showOne(ctx, parts, 'TOPUP_ORDER');
  } else {
    await change(ctx, parts, 'TOPUP_ORDER', termText({ ...terms, ways }, 'TOPUP_ORDER'));
  }
}

/** Moves a way one place up, if it still stands where it was when the button was made. */
function moved(
  shown: readonly NamedWay[],
  { way, from }: { way: NamedWay; from: number },
): readonly NamedWay[] {
  const above = shown[from - 1];
  if (above === undefined || shown[from] !== way) return shown;
  return shown.with(from - 1, way).with(from, above);
}
