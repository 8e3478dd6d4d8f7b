/** What is known of a card while it is being linked. */

/** A card that is being linked. Its number is no part of it. */
export type Linking =
  | { asks: 'number' }
  | { asks: 'expiry' }
  | { asks: 'code'; linkId: string; mask: string; phoneMask: string | null };

export const NEW_CARD: Linking = { asks: 'number' };

/** What a story knows of the card that is being linked in it; null while none is. */
export interface WithCard {
  card: Linking | null;
}
