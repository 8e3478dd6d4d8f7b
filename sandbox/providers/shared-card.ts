/** Many an owner has one card, and links it wherever they take payments: this one, AutoPayCard's first. */
export const SHARED_CARD = '8600000000000003';
