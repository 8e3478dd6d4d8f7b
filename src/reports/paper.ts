/** What pictures are drawn with: colours and the fonts that come with the program. Loads the canvas: see `draw.ts`. */
import { fileURLToPath } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';

/** Phones show a picture about a third of this wide: 30 pixels are read as 11 points. */
export const WIDTH = 1080;
export const INK = '#14213d';
export const SOFT = '#51607a';
export const RULE = '#d5dce6';
export const PAPER = '#ffffff';

/** Servers have no fonts: these come with the program. */
export const FONT = 'Tolov';
const FILES = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

export function registerFonts(): void {
  if (GlobalFonts.has(FONT)) return;
  for (const file of FILES) {
    const path = fileURLToPath(new URL(`fonts/${file}`, import.meta.url));
    if (!GlobalFonts.registerFromPath(path, FONT)) throw new Error(`the font ${file} is missing`);
  }
}

/** As a canvas names a font of this many pixels. */
export function font(size: number, bold = false): string {
  return `${bold ? 'bold ' : ''}${size}px ${FONT}`;
}
