/** The shapes of AutoPayCard's answers (autopaycard.txt). */
import { z } from 'zod';
import { idField, looseText, looseValue, sumField } from '../fields.ts';

export const createAnswer = z.object({ success: z.literal(true), order_id: idField });

export const checkAnswer = z.object({
  order_id: idField.optional(),
  status: z.string(),
  amount: sumField,
  paid_at: looseText,
});

export const cardsAnswer = z.object({
  cards: z.array(z.object({ card_last4: looseValue, gmail: looseText })).max(1000),
});

/** A count as a number or as digits; anything else counts as absent. */
const count = z.coerce.number().int().nonnegative().optional().catch(undefined);

export const subscriptionAnswer = z.object({
  active: z.boolean(),
  tariff_name: looseValue,
  expires_at: looseText,
  payments_used: count,
  max_payments: count,
});
