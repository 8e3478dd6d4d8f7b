/** What ways to top up are called for payers, in each language: an owner gives the names, each holds at once. */
import { LANGUAGES, type Language } from '../../../core/language.ts';
import { NAMED_WAYS, type Way } from '../../../core/payment-systems.ts';
import { auditEntriesAbout } from '../../../staff/audit-log.ts';
import { waysOf } from '../../../topups/ways.ts';
import { getUser } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { escapeHtml, plainName } from '../../kit/format.ts';
import { send, show } from '../../kit/reply.ts';
import { ownTitle, wayTitle } from '../../kit/way-title.ts';
import { askForWords } from '../../kit/words.ts';
import type { Translate } from '../../locales/texts.ts';
import { askWords } from '../kit/asking.ts';
import type { DeskAction, DeskFeature } from '../kit/feature.ts';
import { giveNames, namedSubject, type NamedThing, typedName } from '../kit/naming.ts';
import { SETTINGS_AREA } from './settings-screens.ts';
import {
  askScreen,
  NAMED,
  RENAME,
  UNNAME,
  type WayNames,
  wayNamesScreen,
  waysNamesScreen,
} from './way-names-screens.ts';

/** Longer ones fit on no button beside a sum. */
const MAX_WAY_NAME = 32;

const QUESTION = 'way_name';

export function wayNames(parts: Parts): Required<Pick<DeskFeature, 'taps' | 'inputs'>> {
  const names: DeskAction = { role: 'viewer', run: async (ctx) => await showAll(ctx, parts) };
  return {
    taps: {
      names,
      named: NAMED.by('viewer', async (ctx, { way }) => {
        await show(ctx, wayNamesScreen(ctx.t, await namesOf(ctx, parts, way)));
      }),
      rename: RENAME.by('owner', async (ctx, asked) => {
        const screen = askScreen(ctx.t, { ...asked, ...limitsOf(parts, asked.language) });
        const arg = RENAME.arg(asked);
        await askWords(ctx, { area: SETTINGS_AREA, name: QUESTION, arg, screen });
      }),
      unname: UNNAME.by('owner', async (ctx, { way }) => {
        const notice = await takeBack(ctx, parts, way);
        await show(ctx, wayNamesScreen(ctx.t, await namesOf(ctx, parts, way), notice));
      }),
    },
    inputs: {
      [QUESTION]: RENAME.by('owner', async (ctx, asked) => await take(ctx, parts, asked)),
    },
  };
}

const thingOf = (way: Way): NamedThing => ({ kind: 'way', key: way });

const limitsOf = ({ texts }: Parts, language: Language) => ({
  title: texts(language)('language-name'),
  max: MAX_WAY_NAME,
});

/** Those that there are here, whether on the menu or hidden: open orders have them too. */
async function waysHere({ topups }: Parts): Promise<Way[]> {
  const { few, all } = waysOf(await topups.offers(), NAMED_WAYS);
  return [...new Set([...few, ...all].map(({ way }) => way))];
}

async function showAll(ctx: BotContext, parts: Parts): Promise<void> {
  await show(ctx, waysNamesScreen(ctx.t, await waysHere(parts)));
}

async function namesOf(ctx: BotContext, parts: Parts, way: Way): Promise<WayNames> {
  const { db, texts, names, staff } = parts;
  const subject = namedSubject(thingOf(way));
  const [last] = await auditEntriesAbout(db.read, subject, { offset: 0, limit: 1 });
  const user = last ? await getUser(db.read, last.staffId) : null;
  return {
    way,
    names: LANGUAGES.map((language) => ({
      language,
      title: texts(language)('language-name'),
      name: wayTitle(texts(language), way),
      isOwn: names.get('way', way, language) !== undefined,
    })),
    last: last ? { at: last.at, by: (user && plainName(user)) || String(last.staffId) } : null,
    mayGive: staff.may(ctx.person.id, 'owner'),
  };
}

/** Takes the names back, unless another way is called by its own name meanwhile. Returns what to say. */
async function takeBack(ctx: BotContext, parts: Parts, way: Way): Promise<string> {
  const { texts } = parts;
  const others = await othersHere(parts, way);
  const taken = LANGUAGES.map(texts).find((t) => isAmong(others, t, ownTitle(t, way)));
  if (taken !== undefined) {
    const name = escapeHtml(ownTitle(taken, way));
    return ctx.t('way-name-own-taken', { name, language: taken('language-name') });
  }
  const given = LANGUAGES.map((language) => ({ language, name: null }));
  await giveNames(ctx, parts, { thing: thingOf(way), given });
  return ctx.t('term-changed');
}

async function take(
  ctx: BotContext,
  parts: Parts,
  { way, language }: { way: Way; language: Language },
): Promise<void> {
  const name = typedName(ctx.typed);
  const others = await othersHere(parts, way);
  const isTaken = isAmong(others, parts.texts(language), name);
  if (name === '' || name.length > MAX_WAY_NAME || isTaken) {
    const arg = RENAME.arg({ way, language });
    await askForWords(ctx, { area: SETTINGS_AREA, name: QUESTION, arg });
    const asked = { way, language, ...limitsOf(parts, language) };
    await send(ctx, askScreen(ctx.t, asked, isTaken ? ctx.t('way-name-taken') : undefined));
    return;
  }
  await giveNames(ctx, parts, { thing: thingOf(way), given: [{ language, name }] });
  const notice = ctx.t('term-changed');
  await send(ctx, wayNamesScreen(ctx.t, await namesOf(ctx, parts, way), notice));
}

async function othersHere(parts: Parts, way: Way): Promise<Way[]> {
  return (await waysHere(parts)).filter((each) => each !== way);
}

/** Two of one name can't be told apart on the menu. */
function isAmong(others: readonly Way[], t: Translate, name: string): boolean {
  return others.some((each) => sameName(wayTitle(t, each), name));
}

function sameName(one: string, other: string): boolean {
  return one.localeCompare(other, undefined, { sensitivity: 'accent' }) === 0;
}
