/** Draws a statement on pages of A4. Loads the canvas: see `drawing.ts`. */
import { PDFDocument, type SKRSContext2D } from '@napi-rs/canvas';
import { inTashkent } from '../core/calendar.ts';
import { formatSum, type Tiyin } from '../core/money.ts';
import { font, INK, registerFonts, RULE, SOFT } from '../reports/paper.ts';
import type { StatementEntry, StatementSheet } from './statement-sheet.ts';

/** In points. */
const PAGE = { width: 595, height: 842 };
const MARGIN = 40;
const LINE = 17;
const TEXT = 8.5;
/** Where columns begin; sums end there. */
const AT = { time: MARGIN, what: 128, number: 330, sum: 465, balance: PAGE.width - MARGIN };
const LAST = PAGE.height - MARGIN - LINE;

type Page = Pick<SKRSContext2D, 'fillStyle' | 'font' | 'fillRect' | 'fillText' | 'measureText'>;

interface Written {
  x: number;
  y: number;
  size?: number;
  bold?: boolean;
  color?: string;
  /** Wider text ends with an ellipsis. */
  room?: number;
  fromRight?: boolean;
}

export function statementPdf(sheet: StatementSheet): Uint8Array {
  registerFonts();
  const file = new PDFDocument({ title: sheet.title, author: sheet.issuer, creator: 'Tolov' });
  const rows = [rowOf(sheet.opening), ...sheet.lines.map(entryRow), rowOf(sheet.closing)];
  let number = 0;
  for (let next = 0; next < rows.length;) {
    number += 1;
    const page: Page = file.beginPage(PAGE.width, PAGE.height);
    let y = number === 1 ? heading(page, sheet) : MARGIN + LINE;
    y = columns(page, sheet, y);
    for (; next < rows.length && y <= LAST; next += 1, y += LINE) paint(page, rows[next], y);
    write(page, String(number), {
      x: AT.balance,
      y: PAGE.height - 24,
      color: SOFT,
      fromRight: true,
    });
    file.endPage();
  }
  return file.close();
}

interface Row {
  time: string;
  what: string;
  number: string;
  sum: string;
  balance: string;
  isBold: boolean;
}

function rowOf({ label, balanceTiyin }: StatementSheet['opening']): Row {
  const balance = formatSum(balanceTiyin);
  return { time: '', what: label, number: '', sum: '', balance, isBold: true };
}

function entryRow({ at, what, number, amountTiyin, balanceTiyin }: StatementEntry): Row {
  const [date = '', time = ''] = inTashkent(at).split('T');
  return {
    time: `${date.split('-').toReversed().join('.')} ${time.slice(0, 5)}`,
    what,
    number: number ?? '',
    sum: signed(amountTiyin),
    balance: formatSum(balanceTiyin),
    isBold: false,
  };
}

function signed(amountTiyin: Tiyin): string {
  return (amountTiyin < 0 ? '−' : '+') + formatSum(Math.abs(amountTiyin));
}

/** Returns where the table begins. */
function heading(page: Page, { issuer, title, about }: StatementSheet): number {
  const room = PAGE.width - 2 * MARGIN;
  write(page, issuer, { x: MARGIN, y: MARGIN + 10, color: SOFT, room });
  write(page, title, { x: MARGIN, y: MARGIN + 34, size: 16, bold: true, room });
  let y = MARGIN + 54;
  for (const line of about) {
    write(page, line, { x: MARGIN, y, size: 10, color: SOFT, room });
    y += 15;
  }
  return y + 14;
}

function columns(page: Page, { columns: named }: StatementSheet, y: number): number {
  const head = { time: named.at, ...named, isBold: true };
  paint(page, head, y);
  return y + LINE + 2;
}

function paint(page: Page, row: Row | undefined, y: number): void {
  if (!row) return;
  const { isBold: bold } = row;
  page.fillStyle = RULE;
  page.fillRect(MARGIN, y + 4.5, PAGE.width - 2 * MARGIN, 0.6);
  write(page, row.time, { x: AT.time, y, bold, room: AT.what - AT.time - 6 });
  write(page, row.what, { x: AT.what, y, bold, room: AT.number - AT.what - 6 });
  write(page, row.number, { x: AT.number, y, bold, room: 60 });
  write(page, row.sum, { x: AT.sum, y, bold, fromRight: true });
  write(page, row.balance, { x: AT.balance, y, bold, fromRight: true });
}

function write(page: Page, text: string, at: Written): void {
  page.fillStyle = at.color ?? INK;
  page.font = font(at.size ?? TEXT, at.bold);
  const shown = at.room === undefined ? text : fitting(page, text, at.room);
  const x = at.fromRight === true ? at.x - page.measureText(shown).width : at.x;
  page.fillText(shown, x, at.y);
}

function fitting(page: Page, text: string, room: number): string {
  if (page.measureText(text).width <= room) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && page.measureText(`${letters.join('')}…`).width > room) letters.pop();
  return `${letters.join('')}…`;
}
