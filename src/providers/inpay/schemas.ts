/** The shapes of inPAY's answers (inpay.txt). */
import { z } from 'zod';
import {
  idField,
  looseText,
  noFailure,
  present,
  urlField,
  webAddress,
  wentWell,
  whatever,
} from '../../client/fields.ts';

/** Printable: it goes into a header. */
export const authorizationAnswer = z.object({
  success: wentWell,
  bearer_token: z.string().regex(/^[\x21-\x7e]{1,8192}$/),
});

export const createAnswer = z.object({
  success: wentWell,
  order_id: idField,
  pay_url: webAddress,
});

/** `status` is the payment's here; `success` is the call's, whatever it says. */
export const statusAnswer = z.object({
  success: noFailure,
  order_id: whatever,
  status: present,
  amount: whatever,
  paid_at: looseText,
});

export const fiscalAnswer = z.object({
  success: wentWell,
  data: z.object({ fiscalized: whatever, fiscal_url: urlField }),
});
