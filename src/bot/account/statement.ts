/** The statement: what came onto a person's balance and what left it, with the balance after each. */
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { formatSum, type Tiyin } from '../../core/money.ts';
import {
  type StatementFilter,
  STATEMENT_FILTERS,
  type StatementLine,
  subjectOf,
} from '../../ledger/statement.ts';
import { requestIn } from '../../requests/request.ts';
import type { Translate } from '../locales/texts.ts';
import type { Tap } from '../kit/callbacks.ts';
import { fromStatement } from '../kit/origin.ts';
import type { Table } from '../kit/table.ts';
import { escapeHtml, money, shortDateTime } from '../kit/format.ts';
import { button, menuButton, type Screen, screen, topupButton } from '../kit/screen.ts';

export const STATEMENT_PAGE = 6;
/** Two of those: a page of the list and the page of the table that it is on begin together. */
export const TABLE_PAGE = 2 * STATEMENT_PAGE;

export interface StatementPage {
  filter: StatementFilter;
  /** At most STATEMENT_PAGE, newest first. */
  lines: readonly StatementLine[];
  offset: number;
  hasOlder: boolean;
}

/** What the kinds of entries are called; any other kind is a correction. */
const KINDS: Readonly<Record<string, string>> = {
  topup: 'statement-topup',
  topup_approved: 'statement-topup',
  review_credited: 'statement-topup',
  review_same: 'statement-topup',
  suspense_credited: 'statement-topup',
  topup_taken_back: 'statement-taken-back',
  hold: 'statement-bill',
  released: 'statement-bill-returned',
  bill_refund: 'statement-bill-refunded',
  credit: 'statement-credit',
  debit: 'statement-debit',
};

const FILTER_NAMES = {
  all: 'statement-all',
  in: 'statement-in',
  out: 'statement-out',
} as const satisfies Record<StatementFilter, string>;

export function statementScreen(
  t: Translate,
  page: StatementPage,
  { paysBills, knowsTables }: { paysBills: boolean; knowsTables: boolean },
): Screen {
  const lists = [
    button(t('button-topups'), { kind: 'history', offset: 0 }),
    ...(paysBills ? [button(t('button-bills'), { kind: 'bills', offset: 0 })] : []),
  ];
  const isEmpty = page.lines.length === 0 && page.offset === 0;
  if (isEmpty && page.filter === 'all') {
    return screen(
      [t('statement-title'), '', t('statement-empty')],
      [[topupButton(t)], lists, [menuButton(t)]],
    );
  }
  return screen(
    [
      t('statement-title'),
      ...(isEmpty
        ? ['', t('statement-none')]
        : page.lines.flatMap((line, at) => lineText(t, line, at))),
    ],
    [
      openButtons(page),
      filterButtons(t, page, 'statement'),
      turnButtons(t, page, { kind: 'statement', size: STATEMENT_PAGE }),
      lists,
      [
        knowsTables && !isEmpty ? button(t('button-as-table'), tableAt(page)) : null,
        button(t('button-statement-file'), { kind: 'statement_files' }),
      ],
      [menuButton(t)],
    ].filter((row) => row.length > 0),
  );
}

function tableAt({ filter, offset }: StatementPage): Tap {
  return { kind: 'statement_table', filter, offset: offset - (offset % TABLE_PAGE) };
}

/** The same as a table of a longer page; the list is one tap away. */
export function statementTable(
  t: Translate,
  page: StatementPage,
): { table: Table; keyboard: InlineKeyboardMarkup } {
  const { filter, offset } = page;
  return {
    table: {
      title: `📒 ${t('statement-file-name')}`,
      columns: [
        { title: t('statement-column-at'), align: 'left' },
        { title: t('statement-column-what'), align: 'left' },
        { title: t('statement-column-sum'), align: 'right' },
        { title: t('statement-column-balance'), align: 'right' },
      ],
      rows: page.lines.map((line) => [
        shortDateTime(line.at),
        whatWithNumber(t, line),
        signed(line.amountTiyin, formatSum),
        formatSum(line.balanceTiyin),
      ]),
    },
    keyboard: {
      inline_keyboard: [
        filterButtons(t, page, 'statement_table'),
        turnButtons(t, page, { kind: 'statement_table', size: TABLE_PAGE }),
        [
          button(t('button-as-list'), { kind: 'statement', filter, offset }),
          button(t('button-statement-file'), { kind: 'statement_files' }),
        ],
        [menuButton(t)],
      ].filter((row) => row.length > 0),
    },
  };
}

function lineText(t: Translate, line: StatementLine, index: number): string[] {
  return [
    '',
    t('statement-line', {
      number: String(index + 1),
      sum: signed(line.amountTiyin, (tiyin) => money(t, tiyin)),
      what: escapeHtml(whatWithNumber(t, line)),
    }),
    t('statement-after', {
      at: shortDateTime(line.at),
      balance: money(t, line.balanceTiyin),
    }),
  ];
}

function signed(amountTiyin: Tiyin, write: (tiyin: Tiyin) => string): string {
  return (amountTiyin < 0 ? '−' : '+') + write(Math.abs(amountTiyin));
}

/** Not escaped. */
function whatWithNumber(t: Translate, line: StatementLine): string {
  const subject = subjectOf(line);
  const what = whatHappened(t, line);
  return subject ? `${what} №\u00A0${subject.id}` : what;
}

/** Not escaped: it has nothing from outside. */
export function whatHappened(t: Translate, { key, kind }: StatementLine): string {
  const request = requestIn(key);
  return request === null
    ? t(KINDS[kind] ?? 'statement-correction')
    : t('statement-request', { id: request });
}

/** A button for each line that belongs to an order or a bill, called by the line's number. */
function openButtons({ lines, ...page }: StatementPage): InlineKeyboardButton[] {
  const from = fromStatement(page);
  return lines.flatMap((line, index) => {
    const subject = subjectOf(line);
    if (subject === null) return [];
    const label = String(index + 1);
    if (subject.kind === 'bill') {
      return [button(label, { kind: 'bill_at', billId: subject.id, from })];
    }
    return [button(label, { kind: 'topup_at', topupId: subject.id, from })];
  });
}

type Turned = 'statement' | 'statement_table';

function filterButtons(t: Translate, page: StatementPage, kind: Turned): InlineKeyboardButton[] {
  return STATEMENT_FILTERS.map((filter) => {
    const name = t(FILTER_NAMES[filter]);
    const label = filter === page.filter ? `• ${name}` : name;
    return button(label, { kind, filter, offset: 0 });
  });
}

function turnButtons(
  t: Translate,
  { filter, offset, hasOlder }: StatementPage,
  { kind, size }: { kind: Turned; size: number },
): InlineKeyboardButton[] {
  const turn = (label: 'button-newer' | 'button-older', to: number): InlineKeyboardButton =>
    button(t(label), { kind, filter, offset: Math.max(0, to) });
  return [
    ...(offset > 0 ? [turn('button-newer', offset - size)] : []),
    ...(hasOlder ? [turn('button-older', offset + size)] : []),
  ];
}
