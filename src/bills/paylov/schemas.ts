/** The shapes of Paylov's results (paylov.txt): what stands in `result`. */
import { z } from 'zod';
import { MAX_TIYIN, som } from '../../core/money.ts';
import { idField, looseText, looseValue, sumField, urlField } from '../../client/fields.ts';
import type { Detail, ResponseField, Service } from './types.ts';

const MAX_TITLE = 200;
const MAX_VALUE = 500;

/** A text on one line, cut where it gets too long for a message. */
function oneLine(text: string, max: number): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, max)
    .toWellFormed();
}

/** A text or number to be shown. */
const shown = (max: number) =>
  z.union([z.string(), z.number()]).transform((value) => oneLine(String(value), max));

const title = shown(MAX_TITLE).pipe(z.string().min(1));

/** What is not a list is an empty one; what is wrong in it is left out. */
function tolerantList<T>(item: z.ZodType<T>) {
  return z
    .array(item.nullable().catch(null))
    .catch([])
    .transform((items) => items.filter((each) => each !== null));
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** `true`, `1`, `"true"` or their opposites; undefined when it says neither, or nothing at all. */
const flag = z
  .unknown()
  .optional()
  .transform((value) => FLAGS.get(String(value).trim().toLowerCase()));

export const serviceItem = z
  .object({
    service_id: idField,
    name: title,
    category: z.object({ id: idField, name: title }).catch({ id: '0', name: '' }),
    amount: z.object({ min: sumField, max: sumField }).nullish(),
    is_active: flag,
    has_info_method: flag,
    can_cancel: flag,
    payment_available: flag,
    logo: urlField,
  })
  .transform((raw): Service => ({
    id: raw.service_id,
    name: raw.name,
    category: raw.category,
    minTiyin: raw.amount?.min ?? som(1),
    maxTiyin: raw.amount?.max ?? MAX_TIYIN,
    hasInfo: raw.has_info_method === true,
    canCancel: raw.can_cancel === true,
    available: raw.is_active !== false && raw.payment_available !== false,
    ...(raw.logo === undefined ? {} : { logo: raw.logo }),
  }));

export const servicesResult = z.object({ services: z.array(z.unknown()) });

const optionItem = z
  .object({
    value: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1).max(256)),
    title: title.optional().catch(undefined),
    filter: z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined),
  })
  .transform((raw) => ({
    value: raw.value,
    title: raw.title ?? raw.value,
    filter: raw.filter === undefined || raw.filter === '' ? null : raw.filter,
  }));

/** The key in `account`; anything but `__proto__`. */
const fieldName = z.string().regex(/^(?!__proto__$)[\p{L}\p{N}_.\- ]{1,64}$/u);

export const fieldItem = z.object({
  name: fieldName,
  field_id: idField.optional().catch(undefined),
  title: title.optional().catch(undefined),
  type: looseText,
  content: looseText,
  validation: looseText,
  length: z.coerce.number().int().min(1).max(4096).optional().catch(undefined),
  required: flag,
  /** The parent's name, or its `field_id`: the document has names, and ids as texts and as numbers. */
  dependency_of: z.union([z.string(), z.number()]).transform(String).nullish(),
  values: tolerantList(optionItem),
});

export type RawField = z.output<typeof fieldItem>;

const responseFieldItem = z
  .object({ name: title, title: title.optional().catch(undefined), postfix: looseText })
  .transform((raw): ResponseField => ({
    name: raw.name,
    title: raw.title ?? raw.name,
    postfix: raw.postfix === undefined || raw.postfix.trim() === '' ? null : raw.postfix.trim(),
  }));

export const formItem = z.object({
  service_id: idField.optional().catch(undefined),
  fields: z.array(z.unknown()),
  response_fields: tolerantList(responseFieldItem),
});

/** A list in the example, an object in the sample code. */
export const fieldsResult = z.object({
  data: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]),
});

const detailItem = z
  .object({
    name: title,
    title: title.optional().catch(undefined),
    value: shown(MAX_VALUE).nullish().catch(''),
  })
  .transform((raw): Detail => ({
    name: raw.name,
    title: raw.title ?? raw.name,
    value: raw.value ?? '',
  }));

export const infoResult = z.object({
  data: z.array(z.unknown()).pipe(tolerantList(detailItem)),
});

export const createResult = z.object({
  transactionId: idField,
  data: tolerantList(detailItem),
  sms: z.object({ otpSentPhone: looseValue }).optional().catch(undefined),
});

export const payResult = z.object({
  transactionId: idField,
  payedAt: looseText,
  paymentRef: looseValue,
  eposTerminal: looseValue,
  eposMerchant: looseValue,
  /** The document has no status here. One that is there and not "paid", whatever it says, makes the answer doubtful. */
  status: z.unknown().optional(),
});

export const statusResult = z.object({
  transactionId: idField,
  status: z.string(),
  payedAt: looseText,
  /** Read only where it matters: nobody has to know what was not paid. */
  amount: z.unknown().optional(),
});

export const transactionId = z.object({ id: idField });

export const transactionItem = transactionId.extend({
  amount: sumField,
  userId: looseValue,
  serviceId: looseValue,
  date: looseText,
  cardNumber: looseText,
});

export const transactionsResult = z.object({
  totalTransaction: z.coerce.number().int().min(0).optional().catch(undefined),
  transactions: z.array(z.unknown()),
});

export const createCardResult = z.object({ cid: idField, otpSentPhone: looseValue });

/** In no document; public clients know cards that are inactive or stolen. */
const cardItem = z.object({
  cardId: idField,
  number: looseText,
  status: looseValue,
  state: looseValue,
  isActive: flag,
  is_active: flag,
});

export type RawCard = z.output<typeof cardItem>;

export const confirmCardResult = z.object({ card: cardItem });

export const listCardsResult = z.object({
  cards: z.array(z.unknown()).pipe(tolerantList(cardItem)),
});
