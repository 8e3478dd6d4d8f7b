/** What a bill says of itself, to who pays it and to the staff. */
import type { BillState } from '../../bills/states.ts';
import type { Bill } from '../../bills/bill.ts';
import type { Detail } from '../../bills/paylov/types.ts';
import type { Translate } from '../locales/texts.ts';
import { shownValue } from './detail-values.ts';
import { clip, escapeHtml, money } from './format.ts';

/** The most characters shown of an answer whose label is no longer known. */
const MAX_VALUE = 80;
const MAX_DETAIL = 200;
const MAX_DETAILS = 20;
const MAX_SHOWN = 80;

/** Room for all answers on one screen, of the 4096 characters that Telegram takes. */
const ROOM = 2000;

const ICONS: Readonly<Record<BillState, string>> = {
  held: '⏳',
  created: '⏳',
  drafting: '⏳',
  awaiting_code: '🔢',
  paying: '⏳',
  unknown: '🔎',
  stuck: '🔎',
  paid: '✅',
  failed: '❌',
  refunded: '↩️',
};

export function billIcon(state: BillState): string {
  return ICONS[state];
}

/** The answers under their names; of an older bill, the values alone. */
export function accountLinesOf(
  t: Translate,
  bill: Pick<Bill, 'serviceId' | 'serviceName' | 'account' | 'accountLabels'>,
): string[] {
  const values = Object.values(bill.account);
  return [
    serviceLine(t, { id: bill.serviceId, name: bill.serviceName }),
    ...(bill.accountLabels === null
      ? values.map((value) => `<code>${escapeHtml(clip(value, MAX_VALUE))}</code>`)
      : labelledLines(t, bill.accountLabels)),
  ];
}

/** What Paylov said beyond the answers themselves. */
export function told({ account, details }: Bill): Detail[] {
  return (details ?? []).filter(({ name }) => !Object.hasOwn(account, name));
}

export function moneyLines(t: Translate, bill: Bill): string[] {
  const from =
    bill.source === 'card'
      ? t('pay-from-card', { mask: escapeHtml(bill.cardMask ?? '') })
      : t('pay-from-balance');
  return [
    t('pay-line-sum', { sum: money(t, bill.amountTiyin) }),
    ...(bill.feeTiyin > 0
      ? [
          t('pay-line-fee', { fee: money(t, bill.feeTiyin) }),
          t('pay-line-total', { total: money(t, bill.amountTiyin + bill.feeTiyin) }),
        ]
      : []),
    from,
  ];
}

/** Answers under their labels; as HTML. The more there are, the shorter each: all of them fit on one screen. */
export function labelledLines(t: Translate, answers: readonly Detail[]): string[] {
  const share = Math.floor(ROOM / Math.max(1, answers.length) / 2);
  const maxLength = Math.min(MAX_SHOWN, Math.max(4, share));
  return answers.map(({ name, title, value: given }) => {
    const label = fieldLabel(t, { name, title }, maxLength);
    return t('pay-line', {
      label,
      value: escapeHtml(clip(shownValue(t, { name, value: given }), maxLength)),
    });
  });
}

export function detailLines(t: Translate, details: readonly Detail[]): string[] {
  return details.slice(0, MAX_DETAILS).map((detail) => {
    const label = fieldLabel(t, detail);
    return t('pay-line', {
      label,
      value: escapeHtml(clip(shownValue(t, detail), MAX_DETAIL)),
    });
  });
}

/** A field's name, as HTML. */
export function fieldLabel(
  t: Translate,
  field: { name: string; title: string },
  maxLength = MAX_SHOWN,
): string {
  return escapeHtml(clip(t.names.field(field), maxLength));
}

/** What is paid for, with its sign; as HTML. */
export function serviceLine(t: Translate, service: { id: string; name: string }): string {
  const { icon, name } = t.names.service(service);
  return t('pay-service', { icon, name: escapeHtml(name) });
}

/** What a bill or a saved account pays for; as HTML. */
export function serviceNamed(
  t: Translate,
  { serviceId: id, serviceName: name }: { serviceId: string; serviceName: string },
): string {
  return escapeHtml(t.names.service({ id, name }).name);
}
