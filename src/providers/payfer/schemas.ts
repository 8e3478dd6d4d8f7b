/** The shapes of Payfer's answers (payfer.txt). */
import { z } from 'zod';
import {
  idField,
  looseText,
  looseValue,
  noFailure,
  present,
  sumField,
  urlField,
  wentWell,
  whatever,
} from '../../client/fields.ts';
import { soundsPaid } from '../sounds-paid.ts';

/** The card and the page are in no document; an answer that has them is believed. */
export const createAnswer = z.object({
  status: wentWell,
  unique_amount: sumField,
  payment_id: looseValue,
  order_code: idField.nullish(),
  expire_at: looseText,
  card: looseValue,
  card_number: looseValue,
  card_holder: looseText,
  pay_url: urlField,
  url: urlField,
});

/** `status` is the call's, whatever it says: only `payment_status` is the payment's. */
export const checkAnswer = z.object({
  status: noFailure,
  payment_status: present,
  paid_amount: whatever,
  paid_at: looseText,
  order_code: whatever,
});

/** An answer in the form of the webhook: `status` credits nobody here, but `paid` in it is for an owner to look at. */
export const strayAnswer = z.object({
  status: z.string().refine((word) => soundsPaid(word) && !wentWell.safeParse(word).success),
  payment_status: z.undefined().optional(),
});

export const shopAnswer = z.object({
  status: wentWell,
  shop_name: looseValue,
  balance: looseValue,
  total_transactions: looseValue,
  total_amount: looseValue,
});

/** Our order's code in a webhook, which only makes somebody look: blanks and small letters do no harm. */
export const webhookBody = z.object({
  order_code: z
    .string()
    .transform((code) => code.replace(/[\p{Cf}\s]/gu, '').toUpperCase())
    .pipe(z.string().regex(/^[A-Z0-9]{8,32}$/)),
});
