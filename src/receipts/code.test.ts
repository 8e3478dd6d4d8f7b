import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realRandom } from '../core/deps.ts';
import { temporaryDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { codeIn, createReceiptCodes, qrText } from './code.ts';
import type { ReceiptRef } from './receipt.ts';

let file: TemporaryDatabase;
beforeEach(() => {
  file = temporaryDatabase();
});
afterEach(async () => await file.remove());

const REF: ReceiptRef = { kind: 'topup', id: 'K7Q2M9XZ' };

const codes = () => createReceiptCodes(file.db, realRandom);

describe('a receipt’s code', () => {
  it('names its payment, today and after every restart', async () => {
    const code = await codes().codeOf(REF);
    expect(code).toMatch(/^1\.t\.K7Q2M9XZ\.[\w-]{22}$/);
    expect(await codes().read(code)).toEqual(REF);
    await file.reopen();
    expect(await codes().codeOf(REF)).toBe(code);
    expect(await codes().read(code)).toEqual(REF);
    const bill: ReceiptRef = { kind: 'bill', id: 'K7Q2M9XZ' };
    expect(await codes().read(await codes().codeOf(bill))).toEqual(bill);
  });

  it('is the same for all who begin at once on one database', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => codes().codeOf(REF)));
    expect(new Set(made).size).toBe(1);
  });

  it('is refused when any character of it was changed, left out or added', async () => {
    const own = codes();
    const code = await own.codeOf(REF);
    const changed: string[] = ['', '1', `${code}A`, ` ${code}`, code.toLowerCase(), '1.t..'];
    for (let at = 0; at < code.length; at += 1) {
      for (const other of ['A', 'b', '7', '-', '.', '']) {
        changed.push(code.slice(0, at) + other + code.slice(at + 1));
      }
    }
    const taken: string[] = [];
    for (const each of changed) {
      if (each !== code && (await own.read(each)) !== null) taken.push(each);
    }
    expect(taken).toEqual([]);
  });

  it('of a top-up is not one of a bill with the same number', async () => {
    const code = await codes().codeOf(REF);
    expect(await codes().read(code.replace('.t.', '.b.'))).toBeNull();
  });

  it('of another database is refused', async () => {
    const other = temporaryDatabase();
    const code = await createReceiptCodes(other.db, realRandom).codeOf(REF);
    await other.remove();
    expect(await codes().read(code)).toBeNull();
  });

  it('is found in whatever a scanner gives', async () => {
    const code = await codes().codeOf(REF);
    for (const text of [code, qrText(code, null), qrText(code, 'https://a.uz'), ` ${code}\n`]) {
      expect(codeIn(text)).toBe(code);
    }
    expect(codeIn(`${code}A`)).toBeNull();
    expect(codeIn('nothing')).toBeNull();
  });
});
