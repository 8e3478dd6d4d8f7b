/** The errors of the simulated Paylov: always 400, with a code and a message (paylov.txt, "System ERROR cases"). */
import type { PaylovErrorCode } from '../../src/bills/paylov/errors.ts';
import type { DocumentedError } from '../providers/faults.ts';

const MESSAGES: Readonly<Record<PaylovErrorCode, string>> = {
  card_not_found: 'Karta topilmadi',
  card_is_blocked: 'Karta bloklangan',
  card_expired: 'Kartaning amal qilish muddati tugagan',
  sms_not_active: 'Kartada SMS xabarnoma ulanmagan',
  daily_limit_used_for_this_card: 'Kartaning kunlik limiti tugagan',
  invalid_otp: "Kod noto'g'ri",
  otp_expired: 'Kodning muddati tugagan',
  otp_code_already_sent: 'Kod allaqachon yuborilgan',
  too_many_attempts: "Urinishlar soni ko'payib ketdi",
  insufficient_funds: "Kartada mablag' yetarli emas",
  invalid_amount: "Summa noto'g'ri",
  transaction_not_found: 'Tranzaksiya topilmadi',
  transaction_already_payed: "Tranzaksiya allaqachon to'langan",
  already_confirmed: 'Tranzaksiya allaqachon tasdiqlangan',
  transaction_not_available_for_payment: "Tranzaksiyani to'lab bo'lmaydi",
  error_at_pay: "To'lovda xatolik",
  processing_error: 'Protsessingda xatolik',
  merchant_not_available: 'Xizmat vaqtincha mavjud emas',
  validation_error: "Ma'lumotlarda xatolik",
  field_required: 'Maydon majburiy',
  field_not_valid: "Maydon noto'g'ri",
  permission_denied: 'Ruxsat berilmagan',
  ip_not_allowed: 'IP manzilga ruxsat berilmagan',
  server_error: 'Serverda xatolik',
  gateway_not_working: 'Shlyuz ishlamayapti',
  unknown_error: "Noma'lum xatolik",
  card_is_already_activated: 'Karta allaqachon faollashtirilgan',
  card_exists: "Karta allaqachon qo'shilgan",
  invalid_card: "Karta raqami yoki muddati noto'g'ri",
  card_is_not_supported: "Karta turi qo'llab-quvvatlanmaydi",
  card_has_no_phone: 'Kartaga telefon raqami biriktirilmagan',
  phone_not_match: 'Telefon raqami kartaga mos emas',
  card_not_found_in_processing_center: 'Karta protsessing markazida topilmadi',
  card_is_blocked_in_processing_center: 'Karta protsessing markazida bloklangan',
  card_is_not_activated: 'Karta faol emas',
  card_is_not_for_this_check: "Karta bu to'lov uchun emas",
  invalid_card_token: "Karta tokeni noto'g'ri",
  pan_not_valid: "Karta raqami noto'g'ri",
  pinfl_not_match: 'JSHSHIR kartaga mos emas',
  bank_not_found: 'Bank topilmadi',
  error_create_card: "Kartani qo'shishda xatolik",
  balance_refresh_error: 'Balansni yangilashda xatolik',
  hold_not_found: 'Xold topilmadi',
  terminal_does_not_exist: 'Terminal mavjud emas',
};

/** With its own words where the usual ones say too little. */
export function documented(code: PaylovErrorCode, message = MESSAGES[code]): DocumentedError {
  return { status: 400, body: { error: { code, message } } };
}

export const ERRORS: Readonly<Record<string, DocumentedError>> = Object.fromEntries(
  Object.keys(MESSAGES).map((code) => [code, documented(code as PaylovErrorCode)]),
);

export const RATE_LIMITED: DocumentedError = {
  status: 429,
  body: { error: { code: 'too_many_requests', message: "So'rovlar soni ko'p" } },
};

export const SERVER_ERROR: DocumentedError = {
  status: 500,
  body: { error: { code: 'server_error', message: MESSAGES.server_error } },
};

export const UNAUTHORIZED: DocumentedError = {
  status: 401,
  body: { detail: 'Authentication credentials were not provided.' },
};
