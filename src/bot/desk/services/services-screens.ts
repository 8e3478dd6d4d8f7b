/** What the staff sees of the names of services. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Service } from '../../../bills/paylov/types.ts';
import type { Language } from '../../../core/language.ts';
import type { Translate } from '../../locales/texts.ts';
import { clip, escapeHtml } from '../../kit/format.ts';
import { type Screen, screen, pairs } from '../../kit/screen.ts';
import { shortKey } from '../../kit/short-key.ts';
import { deskButton } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import type { Thing } from './lacking.ts';

export const SERVICES_AREA = 'services';

const PAGE = 8;
const MAX_LABEL = 50;

/** Which thing a button is about: a service, its category, or one of its fields, by short keys. */
export interface Place {
  kind: 's' | 'c' | 'f';
  service: string;
  field: string | null;
}

function tap(text: string, action: string, arg = ''): InlineKeyboardButton {
  return deskButton(text, { area: SERVICES_AREA, action, arg });
}

function argOf({ kind, service, field }: Place): string {
  return `${kind}.${service}.${field ?? '-'}`;
}

export function thingButton(text: string, place: Place): InlineKeyboardButton {
  return tap(text, 'show', argOf(place));
}

/** What it is called in the language of `t`. */
export function kindName(t: Translate, { kind, key: id, name, title }: Thing): string {
  if (kind === 'field') return t.names.field({ name, title });
  return kind === 'service'
    ? t.names.service({ id, name }).name
    : t.names.category({ id, name }).name;
}

function turnRow(
  { offset, total }: { offset: number; total: number },
  turn: (text: string, to: number) => InlineKeyboardButton,
): (InlineKeyboardButton | null)[] {
  return [
    offset > 0 ? turn('◀️', Math.max(0, offset - PAGE)) : null,
    offset + PAGE < total ? turn('▶️', offset + PAGE) : null,
  ];
}

/** Marks what is shown by Paylov's own name. */
const LACKS = '❗ ';

export function servicesScreen(
  t: Translate,
  { views, offset }: { views: readonly { service: Service; lacks: boolean }[]; offset: number },
): Screen {
  const shown = views.slice(offset, offset + PAGE);
  const lacking = views.filter(({ lacks }) => lacks).length;
  return screen(
    [
      t('services-title'),
      '',
      t(views.length === 0 ? 'debts-none' : 'services-why'),
      lacking > 0 ? t('services-lacking', { count: String(lacking) }) : null,
    ],
    [
      ...shown.map(({ service, lacks }) => {
        const { icon, name } = t.names.service(service);
        const place: Place = { kind: 's', service: shortKey(service.id), field: null };
        return [thingButton(`${lacks ? LACKS : ''}${icon} ${clip(name, MAX_LABEL)}`, place)];
      }),
      turnRow({ offset, total: views.length }, (text, to) => tap(text, 'page', String(to))),
      [deskHomeButton(t)],
    ],
  );
}

interface ThingView {
  thing: Thing;
  at: Place;
  names: readonly { language: Language; title: string; name: string; isOwn: boolean }[];
  lacks: boolean;
  mayGive: boolean;
}

export function thingScreen(t: Translate, { thing, at, names, lacks, mayGive }: ThingView): Screen {
  const { service } = at;
  const hasOwn = names.some(({ isOwn }) => isOwn);
  const title = thing.title === '' ? thing.name : `${thing.name} · ${thing.title}`;
  const parent: Place = { kind: 's', service, field: null };
  return screen(
    [
      `<b>${escapeHtml(clip(kindName(t, thing), MAX_LABEL))}</b>`,
      t('services-paylov', { name: escapeHtml(clip(title, 200)) }),
      '',
      ...names.map(({ title: language, name, isOwn }) => {
        const label = `${language}${isOwn ? ' ✏️' : ''}`;
        return t('pay-line', { label, value: escapeHtml(name) });
      }),
      '',
      lacks ? t('services-lacks') : null,
      mayGive ? t('services-how') : null,
    ],
    [
      ...(mayGive
        ? pairs(
            names.map(({ language, title: label }) =>
              tap(`✏️ ${label}`, 'ask', `${argOf(at)}.${language}`),
            ),
          )
        : []),
      [mayGive && hasOwn ? tap(t('services-button-reset'), 'reset', argOf(at)) : null],
      ...(at.kind === 's'
        ? [
            [
              thingButton(t('services-button-category'), { ...parent, kind: 'c' }),
              tap(t('services-button-fields'), 'fields', `${service}.0`),
            ],
          ]
        : []),
      [
        at.kind === 's' ? tap(t('button-back'), 'list') : thingButton(t('button-back'), parent),
        deskHomeButton(t),
      ],
    ],
  );
}

export function fieldsScreen(
  t: Translate,
  view: { service: Service; fields: readonly { thing: Thing; lacks: boolean }[]; offset: number },
): Screen {
  const { service, fields, offset } = view;
  const key = shortKey(service.id);
  return screen(
    [
      `<b>${escapeHtml(t.names.service(service).name)}</b>`,
      t(fields.length === 0 ? 'debts-none' : 'services-fields'),
    ],
    [
      ...fields.slice(offset, offset + PAGE).map(({ thing, lacks }) => {
        const label = `${lacks ? LACKS : ''}${clip(kindName(t, thing), MAX_LABEL)}`;
        return [thingButton(label, { kind: 'f', service: key, field: shortKey(thing.key) })];
      }),
      turnRow({ offset, total: fields.length }, (text, to) => tap(text, 'fields', `${key}.${to}`)),
      [thingButton(t('button-back'), { kind: 's', service: key, field: null }), deskHomeButton(t)],
    ],
  );
}
