/**
 * What proves that a receipt is ours: a code that names the payment and is signed, so that nobody can make one up or find
 * another payment's by counting on. It is short enough for a QR code that phones read from a photo.
 */
import type { Random } from '../core/deps.ts';
import { sameSecret } from '../core/same-secret.ts';
import type { Database } from '../db/database.ts';
import { type Sign, SIGNATURE, signerOf } from '../db/signing-key.ts';
import type { ReceiptKind, ReceiptRef } from './receipt.ts';

export interface ReceiptCodes {
  /** The code of this payment, always the same. */
  codeOf(ref: ReceiptRef): Promise<string>;
  /** Null for whatever `codeOf` did not make. */
  read(code: string): Promise<ReceiptRef | null>;
}

/** Codes that are out there must be readable for as long as receipts are kept: a new way of making them is a new version. */
const VERSION = '1';
const LETTERS: Readonly<Record<ReceiptKind, string>> = { topup: 't', bill: 'b' };
const CODE = new RegExp(String.raw`^1\.([tb])\.([\w-]{1,40})\.(${SIGNATURE})$`);

const KEY_NAME = 'receipt_key';

export function createReceiptCodes(db: Database, random: Random): ReceiptCodes {
  const sign = signerOf(db, random, KEY_NAME);
  return {
    async codeOf(ref) {
      return [VERSION, LETTERS[ref.kind], ref.id, await signatureOf(sign, ref)].join('.');
    },
    async read(code) {
      const [, letter, id = '', signature] = CODE.exec(code) ?? [];
      if (letter === undefined) return null;
      const ref: ReceiptRef = { kind: letter === LETTERS.topup ? 'topup' : 'bill', id };
      return sameSecret(signature, await signatureOf(sign, ref)) ? ref : null;
    },
  };
}

async function signatureOf(sign: Sign, { kind, id }: ReceiptRef): Promise<string> {
  return await sign(`receipt:${VERSION}:${kind}:${id}`);
}

const CODE_INSIDE = new RegExp(String.raw`1\.[tb]\.[\w-]{1,40}\.${SIGNATURE}(?![\w-])`);

/** The code in what somebody read from a receipt: the code itself, the page's address, or the command with it. */
export function codeIn(text: string): string | null {
  return CODE_INSIDE.exec(text)?.[0] ?? null;
}

/** What the QR code holds: the page's address, or, without one, what the bot's staff can send to the bot. */
export function qrText(code: string, publicUrl: string | null): string {
  return publicUrl === null ? `/verify ${code}` : `${publicUrl}/verify/${code}`;
}
