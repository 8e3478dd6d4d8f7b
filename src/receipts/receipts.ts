/** Receipts as the rest of the program sees them. */
import type { Random } from '../core/deps.ts';
import type { Database } from '../db/database.ts';
import { createReceiptCodes, type ReceiptCodes } from './code.ts';
import type { Drawing } from './drawing.ts';

export interface Receipts extends ReceiptCodes, Drawing {
  /** Where people reach this program; null: nowhere, and a receipt is checked by the staff. */
  publicUrl(): string | null;
}

export function createReceipts({
  db,
  random,
  drawing,
  publicUrl,
}: {
  db: Database;
  random: Random;
  drawing: Drawing;
  publicUrl: () => string | null;
}): Receipts {
  return { ...createReceiptCodes(db, random), ...drawing, publicUrl };
}
