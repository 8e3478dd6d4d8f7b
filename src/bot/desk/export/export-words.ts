/** What an export's sheets and columns are called in the reader's language. */
import type { ExportWords } from '../../../reports/export-order.ts';
import type { Translate } from '../../locales/texts.ts';
import { PROVIDER_TITLES } from '../../kit/way-title.ts';

export function exportWords(t: Translate): ExportWords {
  return {
    sheets: {
      orders: t('export-sheet-orders'),
      bills: t('export-sheet-bills'),
      entries: t('export-sheet-entries'),
    },
    headers: headers(t),
    total: t('export-total'),
    orderStates: {
      creating: t('state-creating'),
      waiting: t('state-waiting'),
      paid: t('state-paid'),
      expired: t('state-expired'),
      cancelled: t('state-cancelled'),
      failed: t('state-failed'),
      review: t('state-review'),
      refused: t('state-refused'),
    },
    billStates: {
      held: t('bill-state-working'),
      created: t('bill-state-working'),
      drafting: t('bill-state-working'),
      paying: t('bill-state-working'),
      awaiting_code: t('bill-state-code'),
      unknown: t('bill-state-clarifying'),
      stuck: t('bill-state-clarifying'),
      paid: t('bill-state-paid'),
      failed: t('bill-state-failed'),
      refunded: t('bill-state-refunded'),
    },
    sources: { balance: t('export-source-balance'), card: t('export-source-card') },
    providers: PROVIDER_TITLES,
  };
}

function headers(t: Translate): ExportWords['headers'] {
  return {
    id: t('export-col-id'),
    created: t('export-col-created'),
    state: t('export-col-state'),
    provider: t('export-col-provider'),
    asked: t('export-col-asked'),
    due: t('export-col-due'),
    paid: t('export-col-paid'),
    paidAt: t('export-col-paid-at'),
    ended: t('export-col-ended'),
    userId: t('export-col-user-id'),
    name: t('export-col-name'),
    username: t('export-col-username'),
    reference: t('export-col-reference'),
    reason: t('export-col-reason'),
    service: t('export-col-service'),
    account: t('export-col-account'),
    amount: t('export-col-amount'),
    fee: t('export-col-fee'),
    source: t('export-col-source'),
    entry: t('export-col-entry'),
    kind: t('export-col-kind'),
    bookAccount: t('export-col-book-account'),
    plus: t('export-col-plus'),
    minus: t('export-col-minus'),
    key: t('export-col-key'),
    actor: t('export-col-actor'),
  };
}
