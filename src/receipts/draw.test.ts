/** What is drawn is read again by programs that did not draw it. */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import jsqr from 'jsqr';
import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { realClock } from '../core/deps.ts';
import { drawInPlace, drawInProcess } from './drawing.ts';
import type { Sheet } from './sheet.ts';

const CODE = `1.t.K7Q2M9XZ.${'aB3_-'.repeat(4)}xy`;

function sheet(changes: Partial<Sheet> = {}): Sheet {
  return {
    issuer: '@tolov_bot',
    title: 'Toʻlov cheki № K7Q2M9XZ',
    sum: '50 001,50 soʻm',
    status: '✓ Тўланган',
    rows: [{ label: 'Ҳисоб', value: '0012345' }],
    qr: { text: `https://pay.example.uz/verify/${CODE}`, hint: 'Scan it.', code: CODE },
    ...changes,
  };
}

/** As a phone's camera sees it: nothing but the pixels, of the picture as it is or made smaller by a messenger. */
async function scanned(picture: Uint8Array, scale = 1): Promise<string | undefined> {
  const image = await loadImage(Buffer.from(picture));
  const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
  const page = createCanvas(width, height).getContext('2d');
  page.drawImage(image, 0, 0, width, height);
  const read = jsqr.default(page.getImageData(0, 0, width, height).data, width, height);
  return read?.data;
}

it.each([
  ['the page’s address', `https://pay.example.uz/verify/${CODE}`],
  [
    'a long address',
    `https://${'long-'.repeat(20)}name.example.uz:8443/under/a/path/verify/${CODE}`,
  ],
  ['the command for the staff', `/verify ${CODE}`],
])('the QR code on the picture is read as %s, also when it was made smaller', async (_, text) => {
  const drawn = await drawInPlace().draw(sheet({ qr: { ...sheet().qr, text } }));
  expect(await scanned(drawn!.picture)).toBe(text);
  expect(await scanned(drawn!.picture, 0.75)).toBe(text);
});

it('a process of its own draws the same, as a picture and a document of one page', async () => {
  const drawing = drawInProcess(realClock);
  const drawn = await drawing.draw(sheet());
  expect(await scanned(drawn!.picture)).toBe(sheet().qr.text);
  const pdf = Buffer.from(drawn!.document);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const text = pdf.toString('latin1');
  expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
  // The fonts come along, or other alphabets would be empty boxes elsewhere.
  expect(text).toMatch(/\/FontFile2/);
  expect(text).toMatch(/DejaVuSans/);
  expect(
    inflated(pdf).some((each) => each.includes('beginbfchar') || each.includes('beginbfrange')),
  ).toBe(true);
});

/** What is packed inside of the document. */
function inflated(pdf: Buffer): string[] {
  const parts: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    try {
      parts.push(inflateSync(pdf.subarray(at + 7), { finishFlush: 2 }).toString('latin1'));
    } catch {
      // The end of a stream, or one that is not packed.
    }
  }
  return parts;
}

it('words of any length and alphabet have room', async () => {
  const value = `Ўзбекистон ${'Ҳудудгаз-таъминот '.repeat(40)}${'x'.repeat(2000)}`;
  const rows = Array.from({ length: 16 }, () => ({ label: value, value }));
  const drawn = await drawInPlace().draw(
    sheet({ rows, title: value, sum: value, issuer: value, status: value }),
  );
  expect(await scanned(drawn!.picture)).toBe(sheet().qr.text);
});

it('whoever comes when many wait is told so at once, and nothing is drawn for them', async () => {
  const drawing = drawInPlace();
  const all = await Promise.all(Array.from({ length: 14 }, () => drawing.draw(sheet())));
  expect(all.filter((each) => each === null)).toHaveLength(3);
});
