/** `/services`: what Paylov's services, categories and fields are called in each language, which an owner may correct. */
import { z } from 'zod';
import type { Service } from '../../../bills/paylov/types.ts';
import { LANGUAGES, type Language } from '../../../core/language.ts';
import { MAX_NAME } from '../../../names/given.ts';
import { fieldKey } from '../../../names/names.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, send, show } from '../../kit/reply.ts';
import type { Screen } from '../../kit/screen.ts';
import { shortKey } from '../../kit/short-key.ts';
import { orNone, type Values, whole } from '../../kit/tap-fields.ts';
import { askAgain, askWords } from '../kit/asking.ts';
import { carrying, type DeskFeature } from '../kit/feature.ts';
import { giveNames, type NameIn, typedName } from '../kit/naming.ts';
import { typedQuestion } from '../kit/payments-screens.ts';
import { lacksWords, type Thing } from './lacking.ts';
import {
  fieldsScreen,
  kindName,
  type Place,
  SERVICES_AREA,
  servicesScreen,
  thingButton,
  thingScreen,
} from './services-screens.ts';

const aKey = z.string().regex(/^[\w-]{12}$/);
const place = { kind: z.enum(['s', 'c', 'f']), service: aKey, field: orNone(aKey) };

const PAGE = carrying({ offset: whole });
const FIELDS = carrying({ service: aKey, offset: whole });
const WHICH = carrying(place);
const NAMED = carrying({ ...place, language: z.enum(LANGUAGES) });

/** There is such a part only where bills are paid. */
export function servicesDesk(parts: Parts): DeskFeature {
  if (!parts.bills) return { area: SERVICES_AREA };
  return {
    area: SERVICES_AREA,
    menu: { label: 'services-menu', action: 'list', role: 'viewer' },
    commands: {
      services: {
        role: 'viewer',
        run: async (ctx) => {
          await send(ctx, await list(ctx, parts, 0));
        },
      },
    },
    taps: {
      list: {
        role: 'viewer',
        run: async (ctx) => {
          await show(ctx, await list(ctx, parts, 0));
        },
      },
      page: PAGE.by(
        'viewer',
        async (ctx, { offset }) => await show(ctx, await list(ctx, parts, offset)),
      ),
      show: WHICH.by('viewer', async (ctx, at) => await showThing(ctx, parts, at)),
      fields: FIELDS.by('viewer', async (ctx, at) => await showFields(ctx, parts, at)),
      ask: NAMED.by('owner', async (ctx, at) => await ask(ctx, parts, at)),
      reset: WHICH.by('owner', async (ctx, at) => await reset(ctx, parts, at)),
    },
    inputs: { name: NAMED.by('owner', async (ctx, at) => await take(ctx, parts, at)) },
  };
}

async function servicesOf({ bills }: Parts): Promise<readonly Service[]> {
  const listed = await bills?.catalog.services();
  return listed?.kind === 'services' ? listed.services : [];
}

/** The list, beginning with those that have no words of ours. */
async function list({ t }: BotContext, parts: Parts, offset: number): Promise<Screen> {
  const all = (await servicesOf(parts)).map((service) => ({
    service,
    lacks: lacksWords({ kind: 'service', key: service.id, ...service, title: '' }, parts.names),
  }));
  const views = all.toSorted((a, b) => Number(b.lacks) - Number(a.lacks));
  return servicesScreen(t, { views, offset });
}

interface Fields {
  service: Service;
  fields: Thing[];
}

async function fieldsOf(parts: Parts, serviceKey: string): Promise<Fields | null> {
  const service = (await servicesOf(parts)).find(({ id }) => shortKey(id) === serviceKey);
  if (!service) return null;
  const form = await parts.bills?.catalog.fields(service.id);
  const all = form?.kind === 'form' ? [...form.fields, ...form.responseFields] : [];
  const fields = all.map(({ name, title }): Thing => {
    return { kind: 'field', key: fieldKey({ name, title }), name, title };
  });
  return { service, fields: [...new Map(fields.map((each) => [each.key, each])).values()] };
}

async function thingAt(parts: Parts, { kind, service: key, field }: Place): Promise<Thing | null> {
  if (kind === 'f') {
    const found = await fieldsOf(parts, key);
    return found?.fields.find((each) => shortKey(each.key) === field) ?? null;
  }
  const service = (await servicesOf(parts)).find(({ id }) => shortKey(id) === key);
  if (!service) return null;
  const { id, name } = kind === 's' ? service : service.category;
  return { kind: kind === 's' ? 'service' : 'category', key: id, name, title: '' };
}

async function showThing(ctx: BotContext, parts: Parts, at: Place): Promise<void> {
  const screen = await thingView(ctx, parts, at);
  await (screen ? show(ctx, screen) : answer(ctx, ctx.t('toast-old')));
}

async function thingView(ctx: BotContext, parts: Parts, at: Place): Promise<Screen | null> {
  const thing = await thingAt(parts, at);
  if (!thing) return null;
  const { texts, names } = parts;
  return thingScreen(ctx.t, {
    thing,
    at,
    names: LANGUAGES.map((language) => ({
      language,
      title: texts(language)('language-name'),
      name: kindName(texts(language), thing),
      isOwn: names.get(thing.kind, thing.key, language) !== undefined,
    })),
    lacks: lacksWords(thing, names),
    mayGive: parts.staff.may(ctx.person.id, 'owner'),
  });
}

async function showFields(
  ctx: BotContext,
  parts: Parts,
  { service, offset }: Values<{ service: typeof aKey; offset: typeof whole }>,
): Promise<void> {
  const found = await fieldsOf(parts, service);
  if (!found) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const fields = found.fields.map((thing) => ({ thing, lacks: lacksWords(thing, parts.names) }));
  await show(ctx, fieldsScreen(ctx.t, { service: found.service, fields, offset }));
}

type Asked = Place & { language: Language };

async function ask(ctx: BotContext, parts: Parts, at: Asked): Promise<void> {
  const thing = await thingAt(parts, at);
  if (!thing) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const screen = typedQuestion(question(ctx, parts, at), thingButton(ctx.t('button-back'), at));
  await askWords(ctx, { area: SERVICES_AREA, name: 'name', arg: NAMED.arg(at), screen });
}

function question({ t }: BotContext, { texts }: Parts, { language }: Asked): string {
  return t('services-ask', { language: texts(language)('language-name'), max: String(MAX_NAME) });
}

async function take(ctx: BotContext, parts: Parts, at: Asked): Promise<void> {
  const name = typedName(ctx.typed);
  if (name === '' || name.length > MAX_NAME) {
    await askAgain(ctx, question(ctx, parts, at));
    return;
  }
  await give(ctx, parts, at, [{ language: at.language, name }]);
  const screen = await thingView(ctx, parts, at);
  if (screen) await send(ctx, screen);
}

async function reset(ctx: BotContext, parts: Parts, at: Place): Promise<void> {
  await give(
    ctx,
    parts,
    at,
    LANGUAGES.map((language) => ({ language, name: null })),
  );
  await answer(ctx, ctx.t('toast-owner-done'));
  await showThing(ctx, parts, at);
}

async function give(
  ctx: BotContext,
  parts: Parts,
  at: Place,
  given: readonly NameIn[],
): Promise<void> {
  const thing = await thingAt(parts, at);
  if (!thing) return;
  await giveNames(ctx, parts, { thing, given });
}
