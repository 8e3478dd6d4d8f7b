/** The shapes of AutoPayCard's answers (autopaycard.txt). */
import { z } from 'zod';
import {
  idField,
  looseFlag,
  looseText,
  looseValue,
  present,
  wentWell,
  whatever,
} from '../../client/fields.ts';

export const createAnswer = z.object({ success: wentWell, order_id: idField });

/** `status` is the payment's: this call has no result of its own. */
export const checkAnswer = z.object({
  order_id: whatever,
  status: present,
  amount: whatever,
  paid_at: looseText,
});

export const cardsAnswer = z.object({
  cards: z.array(z.object({ card_last4: looseValue, gmail: looseText })).max(1000),
});

/** A count as a number or as digits; anything else, null and an empty text too, counts as absent. */
const count = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.int().nonnegative())
  .optional()
  .catch(undefined);

export const subscriptionAnswer = z.object({
  active: looseFlag,
  tariff_name: looseValue,
  expires_at: looseText,
  payments_used: count,
  max_payments: count,
});
