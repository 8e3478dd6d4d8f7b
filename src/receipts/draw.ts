/**
 * Draws a receipt. Loading the canvas takes some 45 MB that a process never gives back, so import this file only where a
 * receipt is drawn: see `drawing.ts`.
 */
import { createCanvas, PDFDocument, type SKRSContext2D } from '@napi-rs/canvas';
import { encode } from 'uqr';
import { font, INK, PAPER, registerFonts, RULE, SOFT, WIDTH } from '../reports/paper.ts';
import type { Drawn, Sheet, SheetRow } from './sheet.ts';

const MARGIN = 64;
const INNER = WIDTH - 2 * MARGIN;
const HEADER = 330;
const LABELS = 340;
const VALUES = INNER - LABELS;
const LINE = 44;
const ROW_GAP = 22;
const TEXT = 32;
const QR_GAP = 44;
/** Small pixels are lost when a messenger makes the photo smaller. */
const QR_SIZE = 400;
const PIXEL = 8;
/** The standard wants four empty modules around the code. */
const QR_BORDER = 4;
const MOST_LINES = 4;

const PAID = '#1b7f4d';

/** A page of this scale is about as wide as a hand. */
const PDF_SCALE = 0.4;

/** What a picture and a page of a document have in common. */
type Page = Pick<SKRSContext2D, 'fillStyle' | 'font' | 'fillRect' | 'fillText' | 'measureText'>;

interface LaidRow {
  label: readonly string[];
  value: readonly string[];
  height: number;
}

interface Layout {
  rows: readonly LaidRow[];
  height: number;
}

/** As a PNG, 1080 pixels wide, and as a PDF of one page. */
export async function drawReceipt(sheet: Sheet): Promise<Drawn> {
  registerFonts();
  const layout = layOut(createCanvas(1, 1).getContext('2d'), sheet);
  const canvas = createCanvas(WIDTH, layout.height);
  paint(canvas.getContext('2d'), sheet, layout);
  return { picture: await canvas.encode('png'), document: onPaper(sheet, layout) };
}

function onPaper(sheet: Sheet, layout: Layout): Uint8Array {
  const file = new PDFDocument({ title: sheet.title, author: sheet.issuer, creator: 'Tolov' });
  const page = file.beginPage(WIDTH * PDF_SCALE, layout.height * PDF_SCALE);
  page.scale(PDF_SCALE, PDF_SCALE);
  paint(page, sheet, layout);
  file.endPage();
  return file.close();
}

function layOut(page: Page, { rows }: Sheet): Layout {
  const laid = rows.map((row) => layOutRow(page, row));
  const body = laid.reduce((sum, { height }) => sum + height, 0);
  return { rows: laid, height: HEADER + body + QR_GAP + QR_SIZE + MARGIN };
}

function layOutRow(page: Page, { label, value }: SheetRow): LaidRow {
  page.font = font(TEXT);
  const labels = wrapped(page, label, LABELS - 24);
  page.font = font(TEXT, true);
  const values = wrapped(page, value, VALUES);
  const height = Math.max(labels.length, values.length) * LINE + ROW_GAP;
  return { label: labels, value: values, height };
}

/** Broken between words, and within one that is wider than a line; what is too long ends with an ellipsis. */
function wrapped(page: Page, text: string, width: number): string[] {
  const fits = (line: string): boolean => page.measureText(line).width <= width;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n\t]+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const letter of word) {
      if (fits(line + letter)) line += letter;
      else {
        lines.push(line);
        line = letter;
      }
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]?.slice(0, -2)}…`];
}

function paint(page: Page, sheet: Sheet, { rows, height }: Layout): void {
  page.fillStyle = PAPER;
  page.fillRect(0, 0, WIDTH, height);
  page.fillStyle = PAID;
  page.fillRect(0, 0, WIDTH, 14);
  write(page, sheet.issuer, { x: MARGIN, y: 88, size: 30, color: SOFT });
  write(page, sheet.title, { x: MARGIN, y: 148, size: 44, bold: true });
  write(page, sheet.sum, { x: MARGIN, y: 236, size: 64, bold: true });
  write(page, sheet.status, { x: MARGIN, y: 290, size: 34, bold: true, color: PAID });
  let top = HEADER;
  for (const row of rows) {
    page.fillStyle = RULE;
    page.fillRect(MARGIN, top - 12, INNER, 2);
    for (const [index, text] of row.label.entries()) {
      write(page, text, { x: MARGIN, y: top + 34 + index * LINE, size: TEXT, color: SOFT });
    }
    for (const [index, text] of row.value.entries()) {
      write(page, text, { x: MARGIN + LABELS, y: top + 34 + index * LINE, size: TEXT, bold: true });
    }
    top += row.height;
  }
  paintProof(page, sheet.qr, top + QR_GAP);
}

/** The code to scan, what it is for, and the same in letters. */
function paintProof(page: Page, qr: Sheet['qr'], top: number): void {
  page.fillStyle = RULE;
  page.fillRect(MARGIN, top - QR_GAP - 12, INNER, 2);
  paintQr(page, qr.text, { x: MARGIN, y: top });
  const x = MARGIN + QR_SIZE + 40;
  const room = WIDTH - MARGIN - x;
  page.font = font(28);
  const hint = wrapped(page, qr.hint, room);
  for (const [index, text] of hint.entries()) {
    write(page, text, { x, y: top + 62 + index * 40, size: 28, color: SOFT });
  }
  page.font = font(24, true);
  const below = top + 62 + hint.length * 40 + 24;
  for (const [index, text] of wrapped(page, qr.code, room).entries()) {
    write(page, text, { x, y: below + index * 34, size: 24, bold: true });
  }
}

function paintQr(page: Page, text: string, at: { x: number; y: number }): void {
  const { data, size } = encode(text, { ecc: 'M', border: QR_BORDER });
  // Whole pixels: blurred edges are what readers stumble over.
  const module = Math.floor((QR_SIZE + 2 * QR_BORDER * PIXEL) / size);
  // The border is white paper, which is there already.
  const [left, top] = [at.x - QR_BORDER * module, at.y - QR_BORDER * module];
  page.fillStyle = INK;
  for (const [y, row] of data.entries()) {
    for (const [x, isDark] of row.entries()) {
      if (isDark) page.fillRect(left + x * module, top + y * module, module, module);
    }
  }
}

/** On one line, made smaller where it would not fit. */
function write(
  page: Page,
  text: string,
  at: { x: number; y: number; size: number; bold?: boolean; color?: string },
): void {
  page.fillStyle = at.color ?? INK;
  page.font = font(at.size, at.bold);
  const { width } = page.measureText(text);
  const room = WIDTH - MARGIN - at.x;
  if (width > room) page.font = font(Math.floor((at.size * room) / width), at.bold);
  page.fillText(text, at.x, at.y);
}
