/** inPAY's answers, word for word from inpay.txt; the errors are built from its table. */

export const AUTHORIZATION_ANSWER = `{
"success": true,
"bearer_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJtZXJjaGFudF9pZCI6MTM1MywiaWF0IjoxNjk..."
}`;

export const CREATE_ANSWER = `{
"success": true,
"order_id": "1ff2f5a6d66f6e9c",
"pay_url": "https://inPAY.uz/checkout/1ff2f5a6d66f6e9c",
"phone": "998335717717",
"message": "invoice yaratildi",
"security": {
"ip_mode": "optional",
"ip_check": "IP verified (optional)"
}
}`;

export const PENDING_ANSWER = `{
"success": true,
"order_id": "1ff2f5a6d66f6e9c",
"status": "pending",
"amount": 15000,
"payment_method": "click",
"created_at": "2025-12-10 05:14:52",
"paid_at": null
}`;

export const SUCCESS_ANSWER = `{
"success": true,
"order_id": "1ff2f5a6d66f6e9c",
"status": "success",
"amount": 15000,
"payment_method": "click",
"created_at": "2025-12-10 05:14:52",
"paid_at": "2025-12-10 05:15:23"
}`;

export const WEBHOOK_BODY = `{
"amount": "15000.00",
"status": "success",
"order_id": "1ff2f5a6d66f6e9c",
"transaction_id": 149,
"created_at": "2025-12-10 05:14:52"
}`;

export const AMOUNT_TOO_LOW_ANSWER = `{
"success": false,
"message": "* Minimal toʻlov summasi 1000 soʻm",
"error_code": "AMOUNT_TOO_LOW"
}`;

/** From a newer edition: the receipt of a payment. */
export const FISCAL_ANSWER = `{
"success": true,
"data": {
"fiscalized": true,
"fiscal_url": "https://ofd.soliq.uz/check?t=EXAMPLE",
"fiscal_receipt_id": 12
}
}`;

/** The table "Xato kodlari": code, HTTP status, meaning. */
export const ERROR_ROWS: readonly [code: string, status: number, words: string][] = [
  ['MISSING_AUTH_TOKEN', 401, 'Authorization token topilmadi'],
  ['INVALID_TOKEN', 401, "Bearer token noto'g'ri yoki muddati tugagan"],
  ['MISSING_MERCHANT_ID', 400, 'merchant_id parametri topilmadi'],
  ['MERCHANT_NOT_FOUND', 404, 'Merchant topilmadi'],
  ['IP_NOT_WHITELISTED_STRICT', 403, "IP manzil whitelist da yo'q (Strict mode)"],
  ['RATE_LIMIT_EXCEEDED', 429, "So'rovlar soni limitdan oshdi (100/soat)"],
  ['CALLBACK_NOT_WHITELISTED', 403, "Callback URL whitelist da yo'q"],
  ['MERCHANT_WEBSITE_NOT_WHITELISTED', 403, 'Merchant website whitelist da active emas'],
  ['AMOUNT_TOO_LOW', 400, "Summa juda kam (min: 1000 so'm)"],
  ['AMOUNT_TOO_HIGH', 400, 'Summa maksimal limitdan oshdi'],
  ['TRANSACTION_SAVE_FAILED', 500, 'Tranzaksiya saqlanmadi (server xatosi)'],
];
