/** What the dialogs of bills ask for: the part of the core they use. */
import type { Bills } from '../../bills/bills.ts';
import type { Cards } from '../../bills/cards.ts';
import type { SavedAccounts } from '../../bills/saved.ts';

type Used =
  | 'catalog'
  | 'info'
  | 'quote'
  | 'confirm'
  | 'submitCode'
  | 'newCode'
  | 'cancel'
  | 'ofUser'
  | 'history';

export type BillsPort = Pick<Bills, Used> & {
  cards: Pick<Cards, 'list' | 'startLinking' | 'confirmLinking' | 'remove'>;
  saved: SavedAccounts;
};
