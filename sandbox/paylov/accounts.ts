/**
 * Whose account it is: checked against the service's fields, and told as the document's examples tell it. Every
 * code of digits is somebody's, but those that end in 404 are nobody's, and for those that end in 777 the waste bill
 * is unpaid.
 */
import { formatPlainSum, som, type Tiyin } from '../../src/core/money.ts';
import type { DocumentedError } from '../providers/faults.ts';
import { spacedStamp } from '../providers/stamps.ts';
import type { CatalogField, CatalogService } from './catalog-types.ts';
import { documented } from './errors.ts';

export type Account = Readonly<Record<string, string>>;

export interface AccountDetail {
  name: string;
  value: string;
  title: string;
}

/** What has been paid to this account in the sandbox. */
export interface AccountHistory {
  paidTiyin: Tiyin;
  lastPaidTiyin?: Tiyin;
  lastPaidAt?: number;
}

interface Told {
  history: AccountHistory;
  now: number;
  /** Each month after this moment is charged. */
  chargedFrom?: number;
}

type AccountOutcome = { kind: 'account'; account: Account } | DocumentedError;

/** The `account` of a request, if it is one for `service`. */
export function readAccount(service: CatalogService, value: unknown): AccountOutcome {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return documented('field_required', 'account: maydon majburiy');
  }
  const given: Record<string, unknown> = { ...value };
  const unknown = Object.keys(given).find(
    (key) => !service.fields.some(({ name }) => name === key),
  );
  if (unknown !== undefined) return documented('field_not_valid', 'account: begona maydon');
  for (const field of service.fields) {
    const error = fieldError(field, given);
    if (error) return error;
  }
  const code = given[service.accountField];
  if (typeof code === 'string' && code.endsWith('404')) {
    return documented('field_not_valid', `${service.accountField}: abonent topilmadi`);
  }
  return { kind: 'account', account: given as Account };
}

function fieldError(
  field: CatalogField,
  given: Readonly<Record<string, unknown>>,
): DocumentedError | null {
  const value = given[field.name];
  if (value === undefined || value === '') {
    if (field.optional) return null;
    return documented('field_required', `${field.name}: maydon majburiy`);
  }
  const invalid = documented('field_not_valid', `${field.name}: qiymat noto'g'ri`);
  if (typeof value !== 'string') return invalid;
  return fits(field, value, given) ? null : invalid;
}

function fits(
  field: CatalogField,
  value: string,
  given: Readonly<Record<string, unknown>>,
): boolean {
  if (field.values) {
    const parent = field.dependencyOf === undefined ? undefined : given[field.dependencyOf];
    return field.values.some(
      (each) => each.value === value && (each.filter === undefined || each.filter === parent),
    );
  }
  if (field.content === 'number' && !/^\d+$/.test(value)) return false;
  if (field.validation !== undefined && !new RegExp(field.validation).test(value)) return false;
  return value.length <= (field.length ?? 32);
}

/** Electricity is refused while the waste bill is unpaid. */
export function unpaidWaste(service: CatalogService, account: Account): DocumentedError | null {
  const isOwed = service.meter === true && account[service.accountField]?.endsWith('777');
  const words = "Avval chiqindi xizmati uchun qarzni to'lang";
  return isOwed ? documented('merchant_not_available', words) : null;
}

/** What the form's answers are called, as `info` and `create` repeat them. */
export function chosenDetails(service: CatalogService, account: Account): AccountDetail[] {
  return service.fields.flatMap(({ name, title = name, values }) => {
    const value = account[name];
    if (value === undefined || value === '') return [];
    return [{ name, value: values?.find((each) => each.value === value)?.title ?? value, title }];
  });
}

/** A month as meters count it. */
const METER_MONTH_MS = 30 * 86_400_000;

/** The same account always has the same balance, but for what was paid here and what each month since `chargedFrom` added. */
export function subscriberDetails(
  service: CatalogService,
  account: Account,
  { history, now, chargedFrom = now }: Told,
): AccountDetail[] {
  const seed = hash(`${service.id}:${account[service.accountField] ?? ''}`);
  const openingTiyin = (seed % 400_000) * 100 + (seed % 100) - som(200_000);
  const months = Math.max(0, Math.floor((now - chargedFrom) / METER_MONTH_MS));
  const chargedTiyin = months * som(20_000 + (seed % 40_000));
  const ownTiyin = openingTiyin - chargedTiyin + history.paidTiyin;
  const saldo = service.saldo === 'owed' ? 0 - ownTiyin : ownTiyin;
  const lastPaid = history.lastPaidTiyin ?? som(((seed % 19) + 1) * 5000);
  const lastPaidAt = history.lastPaidAt ?? now - ((seed % 60) + 5) * 86_400_000;
  return [
    detail('time', dayFirst(now)),
    detail(
      'fio',
      seed % 7 === 0 ? 'FIO - -' : `${initial(seed)}****** ${initial(seed >>> 5)}******`,
    ),
    detail(
      'address',
      `${initial(seed >>> 3)}******* ${initial(seed >>> 7)}******, 9***, ${seed % 90}`,
    ),
    detail('last_paid_date', spacedStamp(lastPaidAt).slice(0, 10)),
    ...(service.meter
      ? [
          detail('pokcob', `${seed % 9000}.28`, 'bypass_indication'),
          detail('dateob', spacedStamp(now - 8 * 86_400_000).slice(0, 10), 'bypass_date'),
        ]
      : []),
    detail('last_paid', `${formatPlainSum(lastPaid)} UZS`),
    detail('saldo', `${formatPlainSum(saldo)} UZS`, 'balance'),
  ];
}

function detail(name: string, value: string, title = name): AccountDetail {
  return { name, value, title };
}

/** `14.10.2024 14:53:48` */
function dayFirst(at: number): string {
  const [date = '', time = ''] = spacedStamp(at).split(' ');
  return `${date.split('-').toReversed().join('.')} ${time}`;
}

const LETTERS = 'АБГДЖЗИКЛМНОПРСТУФХШЭЮЯ';

function initial(seed: number): string {
  return LETTERS.charAt(seed % LETTERS.length);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return value;
}
