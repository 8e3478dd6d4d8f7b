/**
 * What the desk's screens have in common: lists of orders and bills with filters, histories, raw answers; and the ways to an
 * order or a person from wherever they are named.
 */
import type { InlineKeyboardButton } from 'grammy/types';
import type { StoredAnswer } from '../../../topups/raw-answers.ts';
import { anId, positive, whole } from '../../kit/tap-fields.ts';
import { carrying, deskButton, deskTap } from './feature.ts';
import { type Filter, FILTER, type Group, GROUPS } from './filter.ts';
import { deskHomeButton } from './home.ts';
import { plainLines } from './plain-lines.ts';
import { type StaffNames, type Step, stepLine, type Subject } from './step-words.ts';
import type { Translate } from '../../locales/texts.ts';
import { clip, dateTime, escapeHtml, money, personName, plainName } from '../../kit/format.ts';
import type { UserRow } from '../../../users/users.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import type { Tiyin } from '../../../core/money.ts';

export const ORDERS_AREA = 'orders';
export const BILLS_AREA = 'bills';
export const SUSPENSE_AREA = 'suspense';
export const PEOPLE_AREA = 'people';
export const TICKETS_AREA = 'tickets';

export type ListArea = typeof ORDERS_AREA | typeof BILLS_AREA;

/** How much of a stored answer Telegram still shows comfortably. */
const MAX_BODY = 2500;

const GROUP_TEXTS = {
  all: 'payments-group-all',
  open: 'payments-group-open',
  review: 'payments-group-review',
  paid: 'payments-group-paid',
  ended: 'payments-group-ended',
} as const satisfies Record<Group, string>;

export const DAYS = ['today', 'yesterday', 'week'] as const;

const DAY_TEXTS = {
  today: 'payments-day-today',
  yesterday: 'payments-day-yesterday',
  week: 'payments-day-week',
} as const satisfies Record<(typeof DAYS)[number], string>;

interface ListView {
  area: ListArea;
  filter: Filter;
  /** The provider or service filtered by, as people call it. */
  whoTitle: string | null;
  /** The person filtered by; null where nobody is. */
  user: UserRow | null;
  rows: readonly InlineKeyboardButton[];
  /** Where the next page begins; null when there is none. */
  cursor: number | null;
  /** A line above the filters. */
  notice?: string | null;
  extra?: readonly (InlineKeyboardButton | null)[];
}

export function paymentList(t: Translate, view: ListView): Screen {
  const { area, filter, rows, cursor, notice = null, extra = [] } = view;
  const fresh = { ...filter, cursor: null };
  const filterButton = (text: string, action: string): InlineKeyboardButton =>
    deskButton(text, { area, action, arg: FILTER.arg(fresh) });
  return screen(
    [
      headline(t, view),
      notice,
      rows.length > 0 ? null : t(cursor === null ? 'payments-none' : 'payments-none-yet'),
    ],
    [
      ...rows.map((row) => [row]),
      [
        filter.cursor === null ? null : listButton(t('payments-button-first'), area, fresh),
        cursor === null
          ? null
          : listButton(t('payments-button-older'), area, { ...filter, cursor }),
      ],
      [
        filterButton(t('payments-button-state'), 'state'),
        filterButton(
          t(area === ORDERS_AREA ? 'payments-button-provider' : 'payments-button-service'),
          'who',
        ),
      ],
      [
        filterButton(t('payments-button-user'), 'user'),
        filterButton(t('payments-button-date'), 'date'),
      ],
      extra,
      [deskHomeButton(t)],
    ],
  );
}

function headline(t: Translate, { area, filter, whoTitle, user }: ListView): string {
  const parts = [
    t(GROUP_TEXTS[filter.group]),
    whoTitle === null ? null : escapeHtml(clip(whoTitle, 60)),
    user === null ? null : `👤 ${personName(user)} · <code>${user.id}</code>`,
    filter.day === null ? null : dayTitle(t, filter.day),
  ].filter((part) => part !== null);
  const title = t(area === ORDERS_AREA ? 'payments-orders-title' : 'payments-bills-title');
  return `${title}: ${parts.join(' · ')}`;
}

export function dayTitle(t: Translate, day: string): string {
  const named = DAYS.find((each) => each === day);
  if (named) return t(DAY_TEXTS[named]);
  return `${day.slice(6)}.${day.slice(4, 6)}.${day.slice(0, 4)}`;
}

export function listButton(text: string, area: ListArea, filter: Filter): InlineKeyboardButton {
  return deskButton(text, { area, action: 'list', arg: FILTER.arg(filter) });
}

/** One filter's values to choose from; each leads back to the list. */
export function choiceScreen(
  t: Translate,
  view: {
    area: ListArea;
    filter: Filter;
    title: string;
    choices: readonly [string, Partial<Filter>][];
    extra?: InlineKeyboardButton;
  },
): Screen {
  const { area, filter, title, choices } = view;
  return screen(
    [title],
    [
      ...choices.map(([text, change]) => [listButton(text, area, { ...filter, ...change })]),
      [view.extra ?? null],
      [listButton(t('button-back'), area, filter)],
    ],
  );
}

/** Several people may be meant: whose orders, or bills? */
export function whoseScreen(
  t: Translate,
  { area, filter, people }: { area: ListArea; filter: Filter; people: readonly UserRow[] },
): Screen {
  const choices = people.map((user): [string, Partial<Filter>] => {
    return [personLabel(user), { userId: user.id, cursor: null }];
  });
  return choiceScreen(t, { area, filter, title: t('people-doubtful-part'), choices });
}

/** A person as the text of a button, which is no HTML. */
export function personLabel(user: UserRow): string {
  const handle = user.username === null ? null : `@${user.username}`;
  const blocked = user.blockedAt === null ? null : '🚫';
  const names = clip(plainName(user), 30);
  return [blocked, names, handle, String(user.id)].filter(Boolean).join(' · ');
}

export function typedDayButton(t: Translate, area: ListArea, filter: Filter): InlineKeyboardButton {
  return deskButton(t('payments-button-typed'), { area, action: 'typed', arg: FILTER.arg(filter) });
}

export function groupChoices(t: Translate): [string, Partial<Filter>][] {
  return GROUPS.map((group) => [t(GROUP_TEXTS[group]), { group }]);
}

interface Paged {
  area: ListArea;
  id: string;
  offset: number;
  hasMore: boolean;
}

export function historyScreen(
  t: Translate,
  {
    steps,
    names,
    pageSize,
    ...page
  }: Paged & { steps: readonly Step[]; names: StaffNames; pageSize: number },
): Screen {
  const said = { subject: subjectOf(page.area), names };
  const lines = steps.map((step) => stepLine(t, said, step));
  return screen(
    [t('payments-history-title', { id: page.id }), '', ...lines],
    [turns(t, page, { action: 'history', pageSize }), [backTo(t, page)]],
  );
}

const subjectOf = (area: ListArea): Subject => (area === ORDERS_AREA ? 'order' : 'bill');

/** One answer on a page: they are long. */
export function rawScreen(
  t: Translate,
  { stored, ...page }: Paged & { stored: StoredAnswer | null },
): Screen {
  const source = stored?.source === 'answer' ? 'payments-raw-answer' : 'payments-raw-webhook';
  return screen(
    stored === null
      ? [t('payments-raw-none', { id: page.id })]
      : [
          t('payments-raw-title', { id: page.id }),
          t(source, { date: dateTime(stored.receivedAt) }),
          `<blockquote expandable>${escapeHtml(clip(pretty(stored.body), MAX_BODY))}</blockquote>`,
        ],
    [turns(t, page, { action: 'raw', pageSize: 1 }), [backTo(t, page)]],
  );
}

type Turned = 'history' | 'raw';

/** A page of what one order or bill has gone through, or of what was said about it. */
export const turnTap = (area: ListArea, action: Turned) =>
  deskTap(area, action, { id: anId, offset: whole });

function turns(
  t: Translate,
  { area, id, offset, hasMore }: Paged,
  { action, pageSize }: { action: Turned; pageSize: number },
): (InlineKeyboardButton | null)[] {
  const to = (text: string, at: number): InlineKeyboardButton =>
    turnTap(area, action).button(text, { id, offset: at });
  return [
    offset > 0 ? to(t('button-newer'), Math.max(0, offset - pageSize)) : null,
    hasMore ? to(t('button-older'), offset + pageSize) : null,
  ];
}

function backTo(t: Translate, { area, id }: Paged): InlineKeyboardButton {
  return deskButton(t('button-back'), { area, action: 'show', arg: id });
}

/** As names and values, without the signs of JSON; what is no JSON stands as it came. */
function pretty(body: string): string {
  try {
    return plainLines(JSON.parse(body));
  } catch {
    return body;
  }
}

export function orderAction(text: string, action: string, arg: string): InlineKeyboardButton {
  return deskButton(text, { area: ORDERS_AREA, action, arg });
}

/** A question that a message answers. */
export function typedQuestion(question: string, back: InlineKeyboardButton): Screen {
  return screen([question], [[back]]);
}

/** Buttons, and questions, that are about a person. */
export const PERSON = carrying({ userId: positive });

/** The button to a person's card, from wherever they are named. */
export function personButton(t: Translate, userId: number): InlineKeyboardButton {
  return peopleButton(t('button-to-user'), 'show', PERSON.arg({ userId }));
}

export function peopleButton(text: string, action: string, arg = ''): InlineKeyboardButton {
  return deskButton(text, { area: PEOPLE_AREA, action, arg });
}

/** The warning before money is credited, or given back, that the payment system has taken back. */
export function takenBackWarning(t: Translate, goneTiyin: Tiyin): string {
  return t('taken-back-warning', { gone: money(t, goneTiyin) });
}

/** The same for whoever agrees, and for the books. */
export function butTakenBack(t: Translate, takenBackTiyin: Tiyin | null): string {
  return takenBackTiyin === null
    ? ''
    : t('payments-why-taken-back', { gone: money(t, takenBackTiyin) });
}
