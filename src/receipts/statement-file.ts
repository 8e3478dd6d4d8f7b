/** Writes a statement as a file. Import it only where one is written: the pages need the canvas, see `drawing.ts`. */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type CellValue, dateCell, moneyCell, textCell } from '../reports/export-cells.ts';
import { type Row, writeWorkbook } from '../reports/workbook.ts';
import { statementPdf } from './statement-pdf.ts';
import type { StatementFormat, StatementSheet } from './statement-sheet.ts';

export interface StatementOrder {
  format: StatementFormat;
  sheet: StatementSheet;
}

export async function statementFile({ format, sheet }: StatementOrder): Promise<Uint8Array> {
  return format === 'pdf' ? statementPdf(sheet) : await spreadsheet(sheet);
}

async function spreadsheet(sheet: StatementSheet): Promise<Uint8Array> {
  const output = new PassThrough();
  const table = {
    name: sheet.title,
    columns: [
      { kind: 'date', width: 20 },
      { kind: 'text', width: 44 },
      { kind: 'text', width: 14 },
      { kind: 'money', width: 18 },
      { kind: 'money', width: 18 },
    ],
    rows: () => rowsOf(sheet),
  } as const;
  const [bytes] = await Promise.all([buffer(output), writeWorkbook([table], output)]);
  return bytes;
}

function bold(cells: CellValue[]): Row {
  return { cells, isBold: true };
}

// A portion is all there is: a statement is bounded.
async function* rowsOf({
  columns,
  opening,
  lines,
  closing,
}: StatementSheet): AsyncGenerator<Row[]> {
  const { at, what, number, sum, balance } = columns;
  yield [
    bold([at, what, number, sum, balance]),
    bold([null, opening.label, null, null, moneyCell(opening.balanceTiyin)]),
    ...lines.map((line) => ({
      cells: [
        dateCell(line.at),
        textCell(line.what),
        textCell(line.number),
        moneyCell(line.amountTiyin),
        moneyCell(line.balanceTiyin),
      ],
    })),
    bold([null, closing.label, null, null, moneyCell(closing.balanceTiyin)]),
  ];
  await Promise.resolve();
}
