/** Names of orders, bills and items, as people read them out to each other. */

/** No letter or digit that is mistaken for another then. */
export const ID_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
export const ID_LENGTH = 8;
