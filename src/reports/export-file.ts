/** Writes an export as a spreadsheet, row by row into a file: it never holds more than a page of the period. */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Queries } from '../db/database.ts';
import { TIYIN_PER_SOM } from '../core/money.ts';
import type { CellValue } from './export-cells.ts';
import type { ExportOrder, ExportOutcome } from './export-order.ts';
import { isSummed, kindOf, type Sheet, SHEETS, widthOf } from './export-sheets.ts';
import { type Row, type Table, writeWorkbook } from './workbook.ts';

/** A sheet has room for 1,048,576 with the header and the totals. */
const MAX_ROWS = 1_048_574;

class TooLarge extends Error {}

interface Writing {
  queries: Queries;
  order: ExportOrder;
  file: WriteStream;
  /** So far, of all sheets. */
  rows: number;
}

/** Reads from `queries`, which should see one moment. The file is left to the caller, whatever happens. */
export async function writeExport(queries: Queries, order: ExportOrder): Promise<ExportOutcome> {
  const file = createWriteStream(order.path, { mode: 0o600 });
  const writing: Writing = { queries, order, file, rows: 0 };
  try {
    await once(file, 'open');
    await writeWorkbook(
      SHEETS.map((sheet) => tableOf(writing, sheet)),
      file,
    );
    const { size: bytes } = await stat(order.path);
    if (bytes > order.maxBytes) return { kind: 'too_large' };
    return { kind: 'written', rows: writing.rows, bytes };
  } catch (error) {
    if (error instanceof TooLarge) return { kind: 'too_large' };
    throw error;
  } finally {
    file.destroy();
  }
}

function tableOf(writing: Writing, sheet: Sheet): Table {
  return {
    name: writing.order.words.sheets[sheet.name],
    columns: sheet.columns.map((column) => ({ kind: kindOf(column), width: widthOf(column) })),
    rows: () => rowsOf(writing, sheet),
  };
}

async function* rowsOf(writing: Writing, sheet: Sheet): AsyncGenerator<Row[]> {
  const { queries, order, file } = writing;
  const { words, period } = order;
  yield [{ cells: sheet.columns.map((column) => words.headers[column]), isBold: true }];
  const totals = sheet.columns.map(() => 0);
  let rows = 0;
  for await (const page of sheet.rows(queries, period, words)) {
    rows += page.length;
    writing.rows += page.length;
    if (rows > MAX_ROWS || file.bytesWritten > order.maxBytes) throw new TooLarge();
    for (const row of page) addUp(totals, { row, columns: sheet.columns });
    yield page.map((cells) => ({ cells }));
  }
  yield [{ cells: totalsRow(sheet, { totals, label: words.total }), isBold: true }];
}

/** In whole tiyin: many fractions added up would not be exact. */
function addUp(
  totals: number[],
  { row, columns }: { row: readonly CellValue[]; columns: Sheet['columns'] },
): void {
  for (const [index, column] of columns.entries()) {
    const value = row[index];
    if (typeof value !== 'number' || !isSummed(column)) continue;
    totals[index] = (totals[index] ?? 0) + Math.round(value * TIYIN_PER_SOM);
  }
}

function totalsRow(
  { columns }: Sheet,
  { totals, label }: { totals: readonly number[]; label: string },
): CellValue[] {
  return columns.map((column, index) => {
    if (index === 0) return label;
    return isSummed(column) ? (totals[index] ?? 0) / TIYIN_PER_SOM : null;
  });
}
