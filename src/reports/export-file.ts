/**
 * Writes an export as a spreadsheet, row by row into a file: it never holds more than a page of the period.
 * The library is large; import this file only where an export is written: see `reports.ts`.
 */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { WorkbookWriter, type WorksheetWriter } from '@cj-tech-master/excelts';
import type { Queries } from '../db/database.ts';
import { TIYIN_PER_SOM } from '../core/money.ts';
import { type CellValue, FORMATS } from './export-cells.ts';
import type { ExportOrder, ExportOutcome } from './export-order.ts';
import { isSummed, kindOf, type Sheet, SHEETS, widthOf } from './export-sheets.ts';

/** A sheet has room for 1,048,576 with the header and the totals. */
const MAX_ROWS = 1_048_574;

class TooLarge extends Error {}

/** Reads from `queries`, which should see one moment. The file is left to the caller, whatever happens. */
export async function writeExport(queries: Queries, order: ExportOrder): Promise<ExportOutcome> {
  const file = createWriteStream(order.path, { mode: 0o600 });
  try {
    await once(file, 'open');
    const book = new WorkbookWriter({ stream: file, useStyles: true, creator: 'Tolov' });
    let rows = 0;
    for (const sheet of SHEETS) rows += await writeSheet({ queries, order, book, file }, sheet);
    await book.commit();
    const { size: bytes } = await stat(order.path);
    return bytes > order.maxBytes ? { kind: 'too_large' } : { kind: 'written', rows, bytes };
  } catch (error) {
    if (error instanceof TooLarge) return { kind: 'too_large' };
    throw error;
  } finally {
    file.destroy();
  }
}

interface Writing {
  queries: Queries;
  order: ExportOrder;
  book: WorkbookWriter;
  file: WriteStream;
}

/** Resolves with how many rows it has. */
async function writeSheet({ queries, order, book, file }: Writing, sheet: Sheet): Promise<number> {
  const { words, period } = order;
  const paper = book.addWorksheet(words.sheets[sheet.name], {
    views: [{ state: 'frozen', xSplit: 0, ySplit: 1 }],
  });
  paper.columns = sheet.columns.map((column) => ({
    width: widthOf(column),
    style: { numFmt: FORMATS[kindOf(column)] },
  }));
  addBold(
    paper,
    sheet.columns.map((column) => words.headers[column]),
  );
  const totals = sheet.columns.map(() => 0);
  let rows = 0;
  for await (const page of sheet.rows(queries, period, words)) {
    rows += page.length;
    if (rows > MAX_ROWS) throw new TooLarge();
    for (const row of page) {
      addUp(totals, { row, columns: sheet.columns });
      paper.addRow(row).commit();
    }
    await drained(file, order);
  }
  addBold(paper, totalsRow(sheet, { totals, label: words.total }));
  paper.commit();
  return rows;
}

function addBold(paper: WorksheetWriter, cells: CellValue[]): void {
  const row = paper.addRow(cells);
  row.font = { bold: true };
  row.commit();
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

/** The disk may be slower than the database. */
async function drained(file: WriteStream, { maxBytes }: ExportOrder): Promise<void> {
  if (file.writableNeedDrain) await once(file, 'drain');
  if (file.bytesWritten > maxBytes) throw new TooLarge();
}
