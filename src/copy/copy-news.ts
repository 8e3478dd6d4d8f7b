/** What an operator sees after a copy. */
import type { DatabaseAddress } from '../db/address.ts';
import { titleOf } from '../db/copy-between/end.ts';
import { shownHash } from '../ledger/seals.ts';
import { formatPlainSum } from '../core/money.ts';
import type { Copied } from './copy.ts';

/** Lines of text, without anything secret. */
export function copyNews(
  { kind, tables, replacedTexts, books, tookMs }: Copied,
  { from, to }: { from: DatabaseAddress; to: DatabaseAddress },
): string[] {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const width = Math.max(...tables.map(({ name }) => name.length));
  const head = books.seals.head;
  return [
    kind === 'copied'
      ? `Copied ${titleOf(from)} to ${titleOf(to)}: ${rows} rows in ${(tookMs / 1000).toFixed(1)} s, comparing included.`
      : `${titleOf(to)} holds all of ${titleOf(from)} already: ${rows} rows, none differs. Nothing was written.`,
    '',
    ...tables.map((table) => `  ${table.name.padEnd(width)} ${String(table.rows).padStart(12)}`),
    '',
    'The same on both sides: every row, all balances, the lines of each account, orders and bills by state.',
    books.clean
      ? `The books add up: ${books.entries} entries, users have ${formatPlainSum(books.usersTiyin)} so'm.`
      : `THE BOOKS DO NOT ADD UP, in the source as in the target: ${books.findings.slice(0, 5).join('; ')}.`,
    head === null
      ? 'No entry is sealed yet.'
      : `The chain of seals ends at entry ${head.entryId} with ${shownHash(head)}.`,
    ...(replacedTexts === 0
      ? []
      : [
          `${replacedTexts} texts held NUL characters, which PostgreSQL does not have: each became "\ufffd".`,
        ]),
    '',
    'Next:',
    `1. Let DATABASE_URL name ${titleOf(to)}, and start the program.`,
    `2. Keep ${titleOf(from)} as it is until you trust the new one: it does not know what people pay from now on.`,
    ...(from.engine === 'sqlite'
      ? ['   It is marked: the program does not start with it, unless told so (--old-database).']
      : []),
  ];
}
