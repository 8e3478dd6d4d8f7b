/** The shapes of RasmiyPay's answers (rasmiypay.txt). The create answer echoes shop_key: it is not kept. */
import { z } from 'zod';
import {
  idField,
  looseText,
  looseValue,
  noFailure,
  present,
  urlField,
  wentWell,
  whatever,
} from '../../client/fields.ts';

/** The script's kin have the order in `data`, and an empty list or null where there is nothing. */
const dataOfOrder = z
  .object({ order: idField.optional().catch(undefined), amount: whatever })
  .optional()
  .catch(undefined);

export const createAnswer = z
  .object({
    status: wentWell,
    order: idField.optional().catch(undefined),
    data: dataOfOrder,
    pay_url: urlField,
  })
  .transform(({ order, data, pay_url: payUrl }, context) => {
    const named = order ?? data?.order;
    if (named !== undefined) return { order: named, amount: data?.amount, payUrl };
    context.addIssue({ code: 'custom', message: 'no order', path: ['order'] });
    return z.NEVER;
  });

/** The top-level `status` is the call's, whatever it says: only `data.status` is the payment's. */
export const checkAnswer = z.object({
  status: noFailure,
  order: whatever,
  data: z.object({
    status: present,
    amount: whatever,
    order: whatever,
    paid_at: looseText,
  }),
});

export const cancelAnswer = z.object({
  status: wentWell,
  order: idField.nullish(),
});

export const shopAnswer = z.object({
  status: wentWell,
  data: z.object({
    shop_name: looseValue,
    balance: looseValue,
    status: looseValue,
    month_status: looseValue,
  }),
});
