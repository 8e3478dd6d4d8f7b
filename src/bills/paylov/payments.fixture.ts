/** The bodies of paylov.txt about payments, word for word; those of tokens and cards from newer editions. */

/** 4. create, without OTP */
export const CREATE_REQUEST = `{
"amount": 500,
"service_id": "9f877739-bc25-4f0f-a13f-ec485fd04250",
"account": {
"soato": "26290",
"region": "1",
"customer_code": "1000000"
},
"userId": "007"
}`;

export const CREATE_ANSWER = `{
"result": {
"transactionId": "b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26",
"data": [
{
"name": "region",
"value": "г. Ташкент",
"title": "region"
},
{
"name": "soato",
"value": "26290 - Яшнабадский ЭСП",
"title": "soato"
},
{
"name": "customer_code",
"value": "1000000",
"title": "customer_code"
},
{
"name": "time",
"value": "14.10.2024 15:01:07",
"title": "time"
},
{
"name": "fio",
"value": "FIO - -",
"title": "fio"
},
{
"name": "address",
"value": "Д******* Я******, 9***, 8",
"title": "address"
},
{
"name": "last_paid_date",
"value": "2024-08-23",
"title": "last_paid_date"
},
{
"name": "pokcob",
"value": "3431.28",
"title": "bypass_indication"
},
{
"name": "dateob",
"value": "2024-10-08",
"title": "bypass_date"
},
{
"name": "last_paid",
"value": "50000 UZS",
"title": "last_paid"
},
{
"name": "saldo",
"value": "15105.15 UZS",
"title": "balance"
}
]
}
}`;

/** 4. create, with OTP */
export const CREATE_OTP_REQUEST = `{
"amount": 500,
"service_id": "9f877739-bc25-4f0f-a13f-ec485fd04250",
"account": {
"soato": "26290",
"region": "1",
"customer_code": "1000000"
},
"userId": "007",
"cardId": "string"
}`;

export const CREATE_OTP_ANSWER = `{
"result": {
"transactionId": "b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26",
"data": [
{
"name": "region",
"value": "г. Ташкент",
"title": "region"
}
],
"sms": {
"otpSentPhone": "hidden_phone"
}
}
}`;

/** 5. pay */
export const PAY_REQUEST = `{
"transactionId": "b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26",
"cardId": "9f877739-2149-4831-88a4-d1857309c77c",
"userId": "007"
}`;

export const PAY_ANSWER = `{
"result": {
"transactionId": "b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26",
"cardId": "9f877739-2149-4831-88a4-d1857309c77c",
"payedAt": "2024-10-14 15:07:23",
"paymentRef": "023581615065",
"eposMerchant": "90510020873",
"eposTerminal": "92902804"
}
}`;

/** 6. transaction status */
export const STATUS_ANSWER = `{
"result": {
"transactionId": "b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26",
"status": "paid",
"payedAt": "2024-10-14 15:07:23",
"serviceId": "9f877739-bc25-4f0f-a13f-ec485fd04250",
"cancelTime": null,
"amount": 500
}
}`;

/** 7. transactions All */
export const TRANSACTIONS_ANSWER = `{
"result": {
"totalTransaction": 2,
"transactions": [
{
"id": "2e701897-b04b-4fb0-99c5-520d78d557db",
"userId": "646",
"cardNumber": "986034******8885",
"owner": "BOTIROV TEMURBEK",
"amount": 500,
"date": "2024-11-21 11:48:47",
"serviceId": "3b03419c-2850-401f-b418-75d4c9b71b66"
},
{
"id": "6aa8b698-cd79-4187-a822-21ac3f421839",
"userId": "646",
"cardNumber": "986034******8885",
"owner": "BOTIROV TEMURBEK",
"amount": 500,
"date": "2024-09-30 11:26:32",
"serviceId": "3b03419c-2850-401f-b418-75d4c9b71b66"
}
],
"error": null
}
}`;

/** System ERROR cases */
export const ERROR_SHAPE = `{
"error": {
"code": "string",
"message": "string"
}
}`;

export const TOKEN_ANSWER = `{
"access_token": "example-access-token",
"refresh_token": "example-refresh-token",
"token_type": "Bearer",
"expires_in": 3600,
"refresh_expires_in": 604800
}`;

export const CREATE_CARD_ANSWER = `{
"result": {
"cid": "0c3f1d4a-6d0e-4f7e-9a53-2f6f1f1c8a11",
"otpSentPhone": "99890*****67"
},
"error": null
}`;

export const CONFIRM_CARD_ANSWER = `{
"result": {
"card": {
"cardId": "9f877739-2149-4831-88a4-d1857309c77c",
"number": "860000******9999"
}
},
"error": null
}`;

export const LIST_CARDS_ANSWER = `{
"result": {
"cards": [
{
"cardId": "9f877739-2149-4831-88a4-d1857309c77c",
"number": "860000******9999"
}
]
},
"error": null
}`;
