/**
 * What proves that a receipt is ours: a code that names the payment and is signed, so that nobody can make one up or find
 * another payment's by counting on. It is short enough for a QR code that phones read from a photo.
 */
import { createHmac } from 'node:crypto';
import type { Random } from '../core/deps.ts';
import { sameSecret } from '../core/same-secret.ts';
import type { Database } from '../db/database.ts';
import { addMeta, readMeta } from '../db/meta.ts';
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
const CODE = /^1\.([tb])\.([\w-]{1,40})\.([\w-]{22})$/;
/** 128 bits. */
const SIGNATURE_BYTES = 16;

const KEY_NAME = 'receipt_key';
const KEY_BYTES = 32;

/** Signs with the database's own key, made by whoever needs it first. It never changes: receipts that were shared rest on it. */
export function createReceiptCodes(db: Database, random: Random): ReceiptCodes {
  let opened: Promise<Uint8Array> | undefined;
  const key = async (): Promise<Uint8Array> => {
    opened ??= openKey(db, random);
    try {
      return await opened;
    } catch (error) {
      opened = undefined;
      throw error;
    }
  };
  return {
    codeOf: async (ref) => signed(await key(), ref),
    async read(code) {
      const [, letter, id = '', signature] = CODE.exec(code) ?? [];
      if (letter === undefined) return null;
      const ref: ReceiptRef = { kind: letter === LETTERS.topup ? 'topup' : 'bill', id };
      return sameSecret(signature, signatureOf(await key(), ref)) ? ref : null;
    },
  };
}

function signed(key: Uint8Array, ref: ReceiptRef): string {
  return [VERSION, LETTERS[ref.kind], ref.id, signatureOf(key, ref)].join('.');
}

function signatureOf(key: Uint8Array, { kind, id }: ReceiptRef): string {
  const whole = createHmac('sha256', key).update(`receipt:${VERSION}:${kind}:${id}`).digest();
  return whole.subarray(0, SIGNATURE_BYTES).toString('base64url');
}

async function openKey(db: Database, random: Random): Promise<Uint8Array> {
  const known = await readMeta(db.read, KEY_NAME);
  if (known !== null) return Buffer.from(known, 'base64');
  const made = Buffer.from(random.bytes(KEY_BYTES)).toString('base64');
  const stored = await db.tx(async (tx) => {
    await addMeta(tx, KEY_NAME, made);
    return await readMeta(tx, KEY_NAME);
  });
  if (stored === null) throw new Error(`the ${KEY_NAME} was written and is not there`);
  return Buffer.from(stored, 'base64');
}

const CODE_INSIDE = /1\.[tb]\.[\w-]{1,40}\.[\w-]{22}(?![\w-])/;

/** The code in what somebody read from a receipt: the code itself, the page's address, or the command with it. */
export function codeIn(text: string): string | null {
  return CODE_INSIDE.exec(text)?.[0] ?? null;
}

/** What the QR code holds: the page's address, or, without one, what the bot's staff can send to the bot. */
export function qrText(code: string, publicUrl: string | null): string {
  return publicUrl === null ? `/verify ${code}` : `${publicUrl}/verify/${code}`;
}
