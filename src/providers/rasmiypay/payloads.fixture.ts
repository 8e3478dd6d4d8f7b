/** RasmiyPay's answers, word for word from rasmiypay.txt without its comments. */

export const CREATE_ANSWER =
  '{ "status": "success", "order": "abc123xyz", "insert_id": 12345, "data": { "amount": "50000", "shop_id": "695008", "shop_key": "Z631XLBO7O" }, "pay_url": "https://domain.com/pay/token" }';

export const PENDING_ANSWER =
  '{ "status": "success", "order": "abc123xyz", "data": { "amount": "50000", "status": "pending", "date": "2024-01-01" } }';

export const CANCEL_ANSWER =
  '{ "status": "success", "message": "Buyurtma muvaffaqiyatli bekor qilindi.", "order": "abc123xyz" }';

export const SHOP_ANSWER =
  '{ "status": "success", "data": { "user_id": 123456789, "shop_id": "695008", "shop_name": "Do\'kon nomi", "balance": "100000", "status": "confirm", "month_status": "Toʻlandi" } }';

/** The messages of the same server script under other names; its own document has none. */
export const ERROR_ROWS: readonly [status: number, message: string][] = [
  [404, "Do'kon topilmadi!"],
  [403, 'Doʻkon faol emas!'],
  [402, 'Oylik to‘lov qilinmagan!'],
  [400, 'Hisob ulanmagan!'],
  [200, "Do'kon topilmadi!"],
];

export const SUM_TAKEN_ROWS: readonly [status: number, message: string][] = [
  [409, "Bu miqdordagi to'lov allaqachon mavjud"],
  [200, 'Bu miqdordagi toʻlov allaqachon mavjud'],
];
