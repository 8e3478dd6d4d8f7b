/**
 * Moves a whole database to the other engine. Everything happens in one transaction of the target, which is committed
 * only after both sides were compared: whatever stops it before leaves the target empty, and it can be run again.
 */
import type { DatabaseAddress } from '../db/address.ts';
import { CopyError, type End, titleOf } from '../db/copy-between/end.ts';
import { type TableLayout, tableLayouts } from '../db/copy-between/layout.ts';
import { openEnd } from '../db/copy-between/open.ts';
import type { Clock } from '../core/deps.ts';
import type { BooksReport } from '../books/audit.ts';
import { type Contents, contentsOf } from './contents.ts';
import { differences, lookAt } from './facts.ts';

export interface CopyOrder {
  from: DatabaseAddress;
  to: DatabaseAddress;
  /** Copy books that do not add up, as they are. */
  suspect: boolean;
  clock: Clock;
  /** Told before each step. */
  onStep?: (step: string) => void;
}

export interface Copied {
  /** `same`: the target had all of it already, from an earlier run. */
  kind: 'copied' | 'same';
  tables: { name: string; rows: number }[];
  replacedTexts: number;
  books: BooksReport;
  tookMs: number;
}

/** Throws CopyError or DatabaseInUseError, and what the engines throw; nothing is left in the target then. */
export async function copyDatabase(order: CopyOrder): Promise<Copied> {
  const { from, to, clock } = order;
  if (from.engine === to.engine) {
    throw new CopyError(
      'The copy goes from one engine to the other. ' +
        'For files there are npm run backup and npm run restore, for PostgreSQL pg_dump and pg_restore.',
    );
  }
  const begunAt = clock.elapsed();
  const source = await openEnd(from, 'source', clock);
  try {
    const target = await openEnd(to, 'target', clock);
    try {
      return {
        ...(await copyBetween({ source, target }, order)),
        tookMs: clock.elapsed() - begunAt,
      };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

interface Ends {
  source: End;
  target: End;
}

async function copyBetween(ends: Ends, order: CopyOrder): Promise<Omit<Copied, 'tookMs'>> {
  const { to, suspect, onStep = () => undefined } = order;
  const tables = tableLayouts();
  const filled = await firstFilled(ends.target, tables);
  const contents = new Map<string, Contents>();
  for (const table of filled === null ? tables : []) {
    onStep(`copying ${table.name}`);
    contents.set(table.name, await copyTable(ends, table));
  }
  for (const table of tables) {
    onStep(`comparing ${table.name}`);
    const there = contents.get(table.name) ?? (await contentsOf(ends.source, table));
    contents.set(table.name, there);
    refuseDifferences(contentDifferences(table, there, await contentsOf(ends.target, table)));
  }
  onStep('proving the books on both sides');
  await ends.target.analyze();
  const source = await lookAt(ends.source.queries);
  const target = await lookAt(ends.target.queries);
  refuseDifferences(differences({ source: source.facts, target: target.facts }));
  if (!target.books.clean && !suspect) throw brokenBooks(target.books);
  if (filled === null) await ends.target.commit();
  await ends.source.leave?.(titleOf(to));
  return {
    kind: filled === null ? 'copied' : 'same',
    tables: [...contents].map(([name, { rows }]) => ({ name, rows })),
    replacedTexts: [...contents.values()].reduce((sum, each) => sum + each.replacedTexts, 0),
    books: target.books,
  };

  function refuseDifferences(found: readonly string[]): void {
    if (found.length === 0) return;
    if (filled === null) throw new CopyError(`The copy differs and was undone: ${some(found)}.`);
    throw notEmpty(to, filled, found);
  }
}

async function firstFilled(end: End, tables: readonly TableLayout[]): Promise<string | null> {
  for (const table of tables) {
    for await (const rows of end.rows(table)) if (rows.length > 0) return table.name;
  }
  return null;
}

async function copyTable({ source, target }: Ends, table: TableLayout): Promise<Contents> {
  const contents = await contentsOf(source, table, (rows) => target.write(table, rows));
  // Also numbers that are free again: what was numbered once is never another row.
  if (table.numbered !== null) await target.setNextNumber(table, await source.nextNumber(table));
  return contents;
}

function contentDifferences({ name }: TableLayout, there: Contents, here: Contents): string[] {
  if (there.rows !== here.rows)
    return [`${name} has ${there.rows} rows in the source, ${here.rows} in the target`];
  return there.digest === here.digest ? [] : [`the rows of ${name} are not the same`];
}

function notEmpty(to: DatabaseAddress, table: string, found: readonly string[]): CopyError {
  return new CopyError(
    `${titleOf(to)} is not empty (there are rows in ${table}), and it is no copy of the source: ` +
      `${some(found)}. Name an empty database.`,
  );
}

function brokenBooks({ findings }: BooksReport): CopyError {
  return new CopyError(
    `The books in the source do not add up: ${some(findings)}. Nothing was kept of the copy. ` +
      '--suspect copies them as they are.',
  );
}

function some(sentences: readonly string[]): string {
  const more = sentences.length > 5 ? `; and ${sentences.length - 5} more` : '';
  return sentences.slice(0, 5).join('; ') + more;
}
