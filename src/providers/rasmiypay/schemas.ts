/** The shapes of RasmiyPay's answers (rasmiypay.txt). The create answer echoes shop_key: it is not kept. */
import { z } from 'zod';
import { idField, looseText, looseValue, sumField, urlField } from '../fields.ts';

export const createAnswer = z.object({
  status: z.literal('success'),
  order: idField,
  data: z.object({ amount: sumField }).optional(),
  pay_url: urlField,
});

export const checkAnswer = z.object({
  status: z.literal('success'),
  order: idField.optional(),
  data: z.object({ status: z.string(), amount: sumField, paid_at: looseText }),
});

export const cancelAnswer = z.object({
  status: z.literal('success'),
  order: idField.optional(),
});

export const shopAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    shop_name: looseValue,
    balance: looseValue,
    status: looseValue,
    month_status: looseValue,
  }),
});
