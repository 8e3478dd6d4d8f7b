/**
 * What owners may change while the program runs. The environment gives the beginning; what an owner chose since stands in
 * the database, in the words that the environment would have, and is read anew whenever it is needed: so a change is
 * everywhere at once, in each process, and nowhere a copy that could be old.
 */
import { eq } from 'drizzle-orm';
import { prepared, type Queries, type Tx } from '../db/database.ts';
import { terms as rows } from '../db/tables.ts';
import type { NamedWay } from '../core/payment-systems.ts';
import { TIYIN_PER_SOM, type Tiyin } from '../core/money.ts';
import { SETTINGS, type SettingName } from './settings.ts';
import type { Config, Contact, QuietHours } from './types.ts';

export const TERM_NAMES = [
  'TOPUP_MIN',
  'TOPUP_MAX',
  'TOPUP_PRESETS',
  'BILL_FEE_PERCENT',
  'TOPUP_ORDER',
  'SUPPORT_CONTACT',
  'QUIET_HOURS',
] as const satisfies readonly SettingName[];

/** Named as in the environment. */
export type TermName = (typeof TERM_NAMES)[number];

/** Another one of these changes what people pay: where there is a second owner, both have to agree. */
export const MONEY_TERMS = [
  'TOPUP_MIN',
  'TOPUP_MAX',
  'BILL_FEE_PERCENT',
] as const satisfies readonly TermName[];

export interface Terms {
  /** The smallest and the largest top-up; each payment system's own limits narrow them. */
  minTiyin: Tiyin;
  maxTiyin: Tiyin;
  /** Sums offered as buttons. */
  presetsTiyin: readonly Tiyin[];
  /** What is added to bills paid from the balance, in hundredths of a percent. */
  feeHundredths: number;
  /** What people may top up with, in this order; what is not named is hidden. */
  ways: readonly NamedWay[];
  /** Where "help" leads; null: to the staff's tickets. */
  contact: Contact | null;
  quietHours: QuietHours;
}

const FIELDS = {
  TOPUP_MIN: 'minTiyin',
  TOPUP_MAX: 'maxTiyin',
  TOPUP_PRESETS: 'presetsTiyin',
  BILL_FEE_PERCENT: 'feeHundredths',
  TOPUP_ORDER: 'ways',
  SUPPORT_CONTACT: 'contact',
  QUIET_HOURS: 'quietHours',
} as const satisfies Record<TermName, keyof Terms>;

/** One term that an owner chose, and when. */
type TermRow = typeof rows.$inferSelect;

/** Reads the terms that are true now through these queries: within a transaction, as that transaction sees them. */
export type ReadTerms = (queries: Queries) => Promise<Terms>;

/** The terms as the environment has them. */
export function firstTerms({
  topups,
  paylov,
  support: { contact },
  quietHours,
}: Pick<Config, 'topups' | 'paylov' | 'quietHours'> & {
  support: Pick<Config['support'], 'contact'>;
}): Terms {
  const { minTiyin, maxTiyin, presetsTiyin, ways } = topups;
  const feeHundredths = paylov?.feeHundredths ?? 0;
  return { minTiyin, maxTiyin, presetsTiyin, feeHundredths, ways, contact, quietHours };
}

const chosenTerms = prepared((q) => q.select().from(rows));

export function termsReader(first: Terms): ReadTerms {
  return async (queries) => termsWith(first, await chosenTerms(queries).execute());
}

/** Null: it is as in the environment. */
export async function chosenTerm(queries: Queries, name: TermName): Promise<TermRow | null> {
  const [row] = await queries.select().from(rows).where(eq(rows.name, name));
  return row ?? null;
}

/** From the transaction's commit on. A null value: as in the environment. */
export async function chooseTerm(
  tx: Tx,
  { value, ...row }: Omit<TermRow, 'name' | 'value'> & { name: TermName; value: string | null },
): Promise<void> {
  await tx.delete(rows).where(eq(rows.name, row.name));
  if (value !== null) await tx.insert(rows).values({ ...row, value });
}

/**
 * The terms with one of them as `text` says, or as in the environment where it is null. Null where that can't be: the
 * text is none of this term, or no sum would be left to top up.
 */
export function termsIf(
  now: Terms,
  { name, text, first }: { name: TermName; text: string | null; first: Terms },
): Terms | null {
  const field = FIELDS[name];
  const changed = text === null ? { ...now, [field]: first[field] } : withText(now, name, text);
  return changed && changed.minTiyin <= changed.maxTiyin ? changed : null;
}

function termsWith(first: Terms, chosen: readonly TermRow[]): Terms {
  let all = first;
  // A value that another version of the program wrote may mean nothing to this one.
  for (const { name, value } of chosen) all = withText(all, name, value) ?? all;
  if (all.minTiyin <= all.maxTiyin) return all;
  // The environment has changed, and what was chosen before does not fit it any more.
  return { ...all, minTiyin: first.minTiyin, maxTiyin: first.maxTiyin };
}

/** The value of a term, written as the environment would have it. */
export function termText(terms: Terms, name: TermName): string {
  return TEXTS[name](terms);
}

/** How the environment says that there is no contact: by an empty setting. */
const NOBODY = '';

const TEXTS: Readonly<Record<TermName, (terms: Terms) => string>> = {
  TOPUP_MIN: ({ minTiyin }) => inSom(minTiyin),
  TOPUP_MAX: ({ maxTiyin }) => inSom(maxTiyin),
  TOPUP_PRESETS: ({ presetsTiyin }) => presetsTiyin.map(inSom).join(','),
  BILL_FEE_PERCENT: ({ feeHundredths }) => String(feeHundredths / 100),
  TOPUP_ORDER: ({ ways }) => ways.join(','),
  SUPPORT_CONTACT: ({ contact }) => contact?.shown ?? NOBODY,
  QUIET_HOURS: ({ quietHours: { from, until } }) => `${from}-${until}`,
};

const inSom = (tiyin: Tiyin): string => String(tiyin / TIYIN_PER_SOM);

export function isTermName(name: string): name is TermName {
  return Object.hasOwn(FIELDS, name);
}

/** Reads the text with the schema that the environment's settings have. */
function withText(terms: Terms, name: string, text: string): Terms | null {
  if (!isTermName(name)) return null;
  if (name === 'SUPPORT_CONTACT' && text === NOBODY) return { ...terms, contact: null };
  const read = SETTINGS[name].schema.safeParse(text);
  return read.success ? { ...terms, [FIELDS[name]]: read.data } : null;
}
