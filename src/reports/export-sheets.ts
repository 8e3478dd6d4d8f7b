/** The sheets of an export: which columns, where their rows come from, what is summed up. */
import type { Queries } from '../db/database.ts';
import type { Period } from '../core/calendar.ts';
import { type CellKind, type CellValue, dateCell, moneyCell, textCell } from './export-cells.ts';
import {
  BILL_COLUMNS,
  type ColumnName,
  ENTRY_COLUMNS,
  type ExportWords,
  ORDER_COLUMNS,
} from './export-order.ts';
import {
  type BillRow,
  billsOf,
  type LineRow,
  linesOf,
  type OrderRow,
  ordersOf,
} from './export-rows.ts';

export interface Sheet {
  name: 'orders' | 'bills' | 'entries';
  columns: readonly ColumnName[];
  /** One array for each row, in the order of the columns. */
  rows(queries: Queries, period: Period, words: ExportWords): AsyncGenerator<CellValue[][]>;
}

const KINDS: Partial<Record<ColumnName, CellKind>> = {
  created: 'date',
  paidAt: 'date',
  ended: 'date',
  asked: 'money',
  due: 'money',
  paid: 'money',
  amount: 'money',
  fee: 'money',
  plus: 'money',
  minus: 'money',
  userId: 'number',
  entry: 'number',
};

export function kindOf(column: ColumnName): CellKind {
  return KINDS[column] ?? 'text';
}

const WIDTHS: Readonly<Record<CellKind, number>> = { text: 18, number: 14, money: 18, date: 20 };
const WIDER: Partial<Record<ColumnName, number>> = {
  service: 28,
  account: 34,
  name: 26,
  bookAccount: 30,
  key: 34,
  reason: 40,
  reference: 24,
};

export function widthOf(column: ColumnName): number {
  return WIDER[column] ?? WIDTHS[kindOf(column)];
}

/** What was asked and never paid is no sum to look at. */
const SUMMED = new Set<ColumnName>(['paid', 'plus', 'minus', 'fee']);

export function isSummed(column: ColumnName): boolean {
  return SUMMED.has(column);
}

export const SHEETS: readonly Sheet[] = [
  {
    name: 'orders',
    columns: ORDER_COLUMNS,
    async *rows(queries, period, words) {
      for await (const page of ordersOf(queries, period)) {
        yield page.map((row) => orderCells(row, words));
      }
    },
  },
  {
    name: 'bills',
    columns: BILL_COLUMNS,
    async *rows(queries, period, words) {
      for await (const page of billsOf(queries, period)) {
        yield page.map((row) => billCells(row, words));
      }
    },
  },
  {
    name: 'entries',
    columns: ENTRY_COLUMNS,
    async *rows(queries, period) {
      for await (const page of linesOf(queries, period)) yield page.map(lineCells);
    },
  },
];

function orderCells({ order, ...person }: OrderRow, words: ExportWords): CellValue[] {
  return [
    order.id,
    dateCell(order.createdAt),
    words.orderStates[order.state] ?? order.state,
    words.providers[order.provider] ?? order.provider,
    moneyCell(order.baseTiyin),
    moneyCell(order.amountTiyin),
    moneyCell(order.paidTiyin),
    dateCell(order.paidAt),
    dateCell(order.endedAt),
    order.userId,
    ...personCells(person),
    textCell(order.providerOrder),
    textCell(order.reason),
  ];
}

function billCells({ bill, ...person }: BillRow, words: ExportWords): CellValue[] {
  const isPaid = bill.state === 'paid';
  return [
    bill.id,
    dateCell(bill.createdAt),
    words.billStates[bill.state] ?? bill.state,
    textCell(bill.serviceName),
    textCell(
      Object.entries(bill.account)
        .map(([name, value]) => `${name}: ${value}`)
        .join('; '),
    ),
    moneyCell(bill.amountTiyin),
    moneyCell(isPaid ? bill.feeTiyin : null),
    moneyCell(isPaid ? bill.amountTiyin + bill.feeTiyin : null),
    words.sources[bill.source] ?? bill.source,
    dateCell(bill.paidAt),
    dateCell(bill.endedAt),
    bill.userId,
    ...personCells(person),
    textCell(bill.transactionId),
    textCell(bill.reason),
  ];
}

function personCells(person: {
  firstName: string | null;
  lastName: string | null;
  username: string | null;
}): CellValue[] {
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ');
  return [textCell(name), textCell(person.username === null ? null : `@${person.username}`)];
}

function lineCells(line: LineRow): CellValue[] {
  const { amountTiyin } = line;
  return [
    line.id,
    dateCell(line.createdAt),
    line.kind,
    line.account,
    moneyCell(amountTiyin > 0 ? amountTiyin : null),
    moneyCell(amountTiyin < 0 ? 0 - amountTiyin : null),
    line.key,
    line.actor,
    textCell(line.reason),
  ];
}
