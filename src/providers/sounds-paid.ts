/** Words that no document of a payment system has, and that an owner had better look at: they sound as if somebody paid. */
import { normaliseWords } from '../client/words.ts';

const PAID_WORDS: ReadonlySet<string> = new Set([
  'paid',
  'payed',
  'success',
  'successful',
  'successfully',
  'succeeded',
  'complete',
  'completed',
  'approve',
  'approved',
  'confirm',
  'confirmed',
  'accepted',
  'received',
  'credited',
  'captured',
  'settled',
  'done',
  'finished',
  "to'landi",
  "to'langan",
  'tolandi',
  'tolangan',
  'muvaffaqiyatli',
  'tasdiqlandi',
  'tasdiqlangan',
  'bajarildi',
  'yakunlandi',
  'тўланди',
  'тўланган',
  'муваффақиятли',
  'тасдиқланди',
  'оплачено',
  'оплачен',
  'оплачена',
  'успешно',
  'успешный',
  'успешная',
  'выполнено',
  'выполнен',
  'завершено',
  'завершен',
  'завершён',
  'подтверждено',
  'подтвержден',
  'подтверждён',
  'зачислено',
  'проведено',
  'проведен',
  'проведён',
]);

const NOT: ReadonlySet<string> = new Set(['not', 'no', 'non', 'un', 'emas', 'эмас', 'не', 'нет']);

/** `PAID_OK`, `payment.completed`, `"To'langan"`; not `not_paid`. */
export function soundsPaid(word: string): boolean {
  const parts = normaliseWords(word).split(/[^\p{L}']+/u);
  return parts.some((part) => PAID_WORDS.has(part)) && !parts.some((part) => NOT.has(part));
}
