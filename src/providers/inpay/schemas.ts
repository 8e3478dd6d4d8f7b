/** The shapes of inPAY's answers (inpay.txt). */
import { z } from 'zod';
import { idField, looseText, sumField, urlField } from '../fields.ts';

/** Printable: it goes into a header. */
export const authorizationAnswer = z.object({
  success: z.literal(true),
  bearer_token: z.string().regex(/^[\x21-\x7e]{4,8192}$/),
});

export const createAnswer = z.object({
  success: z.literal(true),
  order_id: idField,
  pay_url: z.url({ protocol: /^https?$/ }).max(2048),
});

export const statusAnswer = z.object({
  success: z.literal(true),
  order_id: idField.optional(),
  status: z.string(),
  amount: sumField,
  paid_at: looseText,
});

export const fiscalAnswer = z.object({
  success: z.literal(true),
  data: z.object({ fiscalized: z.unknown(), fiscal_url: urlField }),
});
