/**
 * What a receipt says in the reader's language: in full to whoever paid, masked to anybody it is shown to. Not escaped.
 */
import type { Detail } from '../../bills/paylov/types.ts';
import type { PageRow } from '../../receipts/page.ts';
import type { BillReceipt, Receipt, TopupReceipt } from '../../receipts/receipt.ts';
import type { SheetRow } from '../../receipts/sheet.ts';
import { maskedName, maskedNumber } from '../../receipts/masks.ts';
import { clip, dateTime, money, type Named, plainName } from '../kit/format.ts';
import { wayTitle } from '../kit/way-title.ts';
import type { Translate } from '../locales/texts.ts';

/** How many answers stand on a receipt, and how long one may be: services ask for a handful. */
const MAX_ANSWERS = 8;
const MAX_VALUE = 120;

export function titleOf(t: Translate, { id }: Receipt): string {
  return t('receipt-title', { id });
}

/** Sum and fee together: what it cost. */
export function totalOf(t: Translate, { sumTiyin, feeTiyin }: Receipt): string {
  return money(t, sumTiyin + feeTiyin);
}

/** The rows for whoever paid. */
export function ownRows(t: Translate, receipt: Receipt): SheetRow[] {
  return receipt.kind === 'topup' ? topupRows(t, receipt) : billRows(t, receipt, (value) => value);
}

/** The rows for somebody who has the receipt's code: enough to compare with what they were shown. */
export function maskedRows(t: Translate, receipt: Receipt, payer: Named | null): PageRow[] {
  const name = payer === null ? '' : maskedName(plainName(payer));
  const own =
    receipt.kind === 'topup'
      ? topupRows(t, receipt)
      : billRows(t, withNumbers(receipt), maskedNumber);
  return [
    { label: t('receipt-sum'), value: totalOf(t, receipt) },
    ...own.filter(({ label }) => label !== t('receipt-sum')),
    ...(name === '' ? [] : [{ label: t('receipt-payer'), value: name }]),
  ];
}

/** The bill without answers that are no number: a district says nothing where the account is masked. */
function withNumbers(receipt: BillReceipt): BillReceipt {
  return { ...receipt, account: receipt.account.filter(({ value }) => /\d/.test(value)) };
}

function topupRows(t: Translate, receipt: TopupReceipt): PageRow[] {
  const { provider, method, fiscalUrl } = receipt;
  const title = wayTitle(t, provider);
  const isNamed = method !== null && method !== 'any';
  return [
    { label: t('receipt-what'), value: t('receipt-what-topup') },
    { label: t('receipt-system'), value: isNamed ? `${title} · ${wayTitle(t, method)}` : title },
    timeRow(t, receipt),
    ...(fiscalUrl === null
      ? []
      : [{ label: t('receipt-fiscal'), value: fiscalUrl, href: fiscalUrl }]),
  ];
}

function billRows(t: Translate, receipt: BillReceipt, shown: (value: string) => string): PageRow[] {
  const {
    serviceId: id,
    serviceName: name,
    account,
    sumTiyin,
    feeTiyin,
    cardMask,
    paymentRef,
    terminal,
    merchant,
  } = receipt;
  const from =
    cardMask === null ? t('receipt-from-balance') : t('receipt-from-card', { mask: cardMask });
  return [
    { label: t('receipt-service'), value: clip(t.names.service({ id, name }).name, MAX_VALUE) },
    ...account.slice(0, MAX_ANSWERS).map((answer) => ({
      label: answerLabel(t, answer),
      value: clip(shown(t.names.option(answer.value)), MAX_VALUE),
    })),
    ...(feeTiyin > 0
      ? [
          { label: t('receipt-sum'), value: money(t, sumTiyin) },
          { label: t('receipt-fee'), value: money(t, feeTiyin) },
        ]
      : []),
    { label: t('receipt-from'), value: from },
    timeRow(t, receipt),
    ...named(t('receipt-ref'), paymentRef),
    ...named(t('receipt-terminal'), terminal),
    ...named(t('receipt-merchant'), merchant),
  ];
}

function named(label: string, value: string | null): PageRow[] {
  return value === null ? [] : [{ label, value }];
}

function timeRow(t: Translate, { paidAt }: Receipt): SheetRow {
  return { label: t('receipt-time'), value: dateTime(paidAt) };
}

/** Older bills have only the technical names of answers: those that mean nothing to people become "account". */
function answerLabel(t: Translate, answer: Detail): string {
  const label = t.names.field(answer);
  return label === answer.name ? t('receipt-account') : clip(label, MAX_VALUE);
}
