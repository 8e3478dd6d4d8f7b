/** Payfer's answers, word for word from payfer.txt; the errors are built from its table. */

export const CREATE_ANSWER = `{
"status": "success",
"message": "Payment created successfully",
"payment_id": 12345,
"unique_amount": 50001.50,
"expire_at": "2024-01-20T15:30:00",
"order_code": "ORDER123"
}`;

export const ERROR_ANSWER = `{
"status": "error",
"message": "Invalid shop credentials"
}`;

export const PAID_ANSWER = `{
"status": "success",
"payment_status": "paid",
"amount": 50000,
"paid_amount": 50001.50,
"paid_at": "2024-01-20T15:25:30",
"order_code": "ORDER123"
}`;

export const SHOP_ANSWER = `{
"status": "success",
"shop_name": "Mening do'konim",
"balance": 150000,
"total_transactions": 45,
"total_amount": 2250000,
"created_at": "2024-01-01T10:00:00"
}`;

export const WEBHOOK_BODY = `{
"status": "paid",
"order_code": "ORDER123",
"amount": 50000,
"paid_amount": 50001.50,
"paid_at": "2024-01-20T15:25:30Z"
}`;

/** The table "Xatolik kodlari": HTTP status and message. */
export const ERROR_ROWS: readonly [status: number, message: string][] = [
  [400, 'Missing required parameters'],
  [403, 'Invalid shop credentials'],
  [403, 'Shop is not active'],
  [400, 'Amount must be between 1000 and 10000000'],
  [400, 'Order code already exists'],
  [404, 'Transaction not found'],
  [503, 'Maintenance mode'],
];
