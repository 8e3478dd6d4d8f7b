/** AutoPayCard's answers, word for word from autopaycard.txt without its comments. */

export const CREATE_ANSWER = `{
"success": true,
"order_id": "10001"
}`;

export const PAID_ANSWER = `{
"order_id": "10001",
"status": "paid",
"amount": 50037,
"card_last4": "6412",
"gmail": "karta@gmail.com",
"client_user_id": "123456789",
"client_user_data": {"plan": "premium"},
"paid_at": "2026-05-16 09:30:00"
}`;

export const CARDS_ANSWER = `{
"cards": [
{
"id": 1,
"card_last4": "6412",
"gmail": "karta@gmail.com"
},
{
"id": 2,
"card_last4": "8675",
"gmail": "karta2@gmail.com"
}
]
}`;

export const SUBSCRIPTION_ANSWER = `{
"active": true,
"tariff_name": "Asosiy",
"expires_at": "2026-06-16 09:00:00",
"payments_used": 15,
"max_payments": 100000
}`;

export const NO_SUBSCRIPTION_ANSWER = `{
"detail": "Faol obuna yo'q! @Autopaycardbot da obuna oling."
}`;

/** The table of HTTP statuses, its reasons as `detail`. */
export const ERROR_ROWS: readonly [status: number, detail: string][] = [
  [401, "API kalit noto'g'ri yoki yo'q"],
  [403, "Faol obuna yo'q yoki limit tugadi"],
  [400, "Karta/gmail ulanmagan yoki parametr noto'g'ri"],
  [404, "To'lov topilmadi"],
  [429, "Rate limit — juda ko'p so'rov"],
  [500, 'Server xatosi'],
];
