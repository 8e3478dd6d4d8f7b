/**
 * Writes a workbook as Excel and others read it (ECMA-376, SpreadsheetML) while its rows are still coming: of each sheet
 * no more than one portion of rows is held. Plain tables only: a frozen header, widths, formats, bold rows.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { DAY_MS } from '../core/calendar.ts';
import { type CellKind, type CellValue, FORMATS } from './export-cells.ts';

export interface Row {
  cells: readonly CellValue[];
  isBold?: boolean;
}

export interface Table {
  /** On the sheet's tab. */
  name: string;
  /** `width` in characters. */
  columns: readonly { kind: CellKind; width: number }[];
  /** In portions, the header first: it stays in sight. Their size is what is held at once. */
  rows: () => AsyncIterable<readonly Row[]>;
}

/** Ends `output` when all is written. Rejects with what a table's rows threw, or with what went wrong in writing. */
export async function writeWorkbook(
  tables: readonly Table[],
  output: NodeJS.WritableStream & { destroy(error?: Error): void },
): Promise<void> {
  const zip = new ZipFile();
  const sheets = tables.map((table) =>
    Readable.from(sheetXml(table), { objectMode: false }).once('error', (error) =>
      output.destroy(error),
    ),
  );
  for (const [path, xml] of fixedParts(tables)) zip.addBuffer(Buffer.from(xml), path);
  for (const [index, sheet] of sheets.entries()) zip.addReadStream(sheet, sheetPath(index));
  zip.end();
  try {
    await pipeline(zip.outputStream, output);
  } finally {
    for (const sheet of sheets) sheet.destroy();
  }
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function sheetPath(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

/** What every workbook has beside its sheets, by its path. */
function fixedParts(tables: readonly Table[]): [string, string][] {
  const each = (write: (number: number, table: Table) => string): string =>
    tables.map((table, index) => write(index + 1, table)).join('');
  const parts: [string, string][] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>` +
        each(
          (n) => `<Override PartName="/${sheetPath(n - 1)}" ContentType="${TYPE}.worksheet+xml"/>`,
        ) +
        '</Types>',
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
        each((n, { name }) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`) +
        '</sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}/relationships">` +
        each(
          (n) =>
            `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
        ) +
        `<Relationship Id="rId${tables.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLES],
  ];
  return parts.map(([path, xml]) => [path, HEAD + xml]);
}

const KINDS = Object.keys(FORMATS) as CellKind[];
/** Smaller numbers are formats that every reader has built in. */
const FIRST_FORMAT = 164;
const FONT = '<sz val="11"/><name val="Calibri"/>';

/** Of each kind of cell there is a plain style and, behind all of these, a bold one. */
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="${KINDS.length}">${KINDS.map(
  (kind, index) =>
    `<numFmt numFmtId="${FIRST_FORMAT + index}" formatCode="${escaped(FORMATS[kind])}"/>`,
).join('')}</numFmts><fonts count="2"><font>${FONT}</font><font><b/>${FONT}</font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="${2 * KINDS.length}">${[0, 1]
  .flatMap((font) =>
    KINDS.map(
      (_, index) =>
        `<xf numFmtId="${FIRST_FORMAT + index}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`,
    ),
  )
  .join('')}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

function styleOf(kind: CellKind, isBold: boolean): number {
  return KINDS.indexOf(kind) + (isBold ? KINDS.length : 0);
}

async function* sheetXml({ columns, rows }: Table): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns
    .map(
      ({ kind, width }, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${styleOf(kind, false)}" customWidth="1"/>`,
    )
    .join('')}</cols><sheetData>`;
  const styles = [false, true].map((bold) => columns.map(({ kind }) => styleOf(kind, bold)));
  const letters = columns.map((_, index) => columnName(index));
  let number = 0;
  for await (const portion of rows()) {
    let xml = '';
    for (const { cells, isBold } of portion) {
      number += 1;
      xml += `<row r="${number}">`;
      const row = styles[isBold === true ? 1 : 0] ?? [];
      for (const [index, value] of cells.entries()) {
        if (value !== null)
          xml += cellXml(value, `r="${letters[index]}${number}" s="${row[index]}"`);
      }
      xml += '</row>';
    }
    yield xml;
  }
  yield '</sheetData></worksheet>';
}

/** Spreadsheets count days since this one, which makes 1 March 1900 day 61 as they have it. */
const DAY_ZERO = Date.UTC(1899, 11, 30);

function cellXml(value: string | number | Date, where: string): string {
  if (typeof value === 'string') {
    return `<c ${where} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  }
  const number = typeof value === 'number' ? value : (value.getTime() - DAY_ZERO) / DAY_MS;
  return `<c ${where}><v>${number}</v></c>`;
}

/** 0 → A, 25 → Z, 26 → AA. */
function columnName(index: number): string {
  const last = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
