/** The shapes of Payfer's answers (payfer.txt). */
import { z } from 'zod';
import { idField, looseText, looseValue, sumField, urlField } from '../fields.ts';

/** The card and the page are in no document; an answer that has them is believed. */
export const createAnswer = z.object({
  status: z.literal('success'),
  unique_amount: sumField,
  order_code: idField.optional(),
  expire_at: looseText,
  card: looseValue,
  card_number: looseValue,
  card_holder: looseText,
  pay_url: urlField,
  url: urlField,
});

export const checkAnswer = z.object({
  status: z.literal('success'),
  payment_status: z.string(),
  paid_amount: sumField,
  paid_at: looseText,
  order_code: idField.optional(),
});

export const shopAnswer = z.object({
  status: z.literal('success'),
  shop_name: looseValue,
  balance: looseValue,
  total_transactions: looseValue,
  total_amount: looseValue,
});

/** Our order's code in a webhook. */
export const webhookBody = z.object({ order_code: z.string().regex(/^[A-Z0-9]{8,32}$/) });
