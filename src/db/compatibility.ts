/** Which migrations an older version can do without, as `migrations/compatibility.json` says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ALL_MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

interface Journal {
  entries: { tag: string }[];
}

/** `back`: an older version can be gone back to. `beside`: it can work beside this one. */
type Allowance = 'back' | 'beside';

/**
 * How many migrations of an engine a version must know to work on a database that has seen all that there are now: up to the last
 * one that none of these lists names.
 */
export function migrationsNeeded(
  engine: 'sqlite' | 'postgres',
  allowances: readonly Allowance[],
): number {
  const { entries } = jsonIn(join(engine, 'meta/_journal.json')) as Journal;
  const lists = jsonIn('compatibility.json') as Record<Allowance, string[]>;
  const allowed = new Set(allowances.flatMap((each) => lists[each]));
  return entries.findLastIndex(({ tag }) => !allowed.has(`${engine}/${tag}`)) + 1;
}

function jsonIn(path: string): unknown {
  return JSON.parse(readFileSync(join(ALL_MIGRATIONS, path), 'utf8'));
}
