/** Names that the owner gave: kept in the database, and at hand in memory, because every screen asks for some. */
import { and, eq } from 'drizzle-orm';
import type { Clock } from '../core/deps.ts';
import type { Language } from '../core/language.ts';
import type { Database, Tx } from '../db/database.ts';
import { givenNames as rows } from '../db/tables.ts';
import type { GivenNames, NamedKind } from './names.ts';

/** Another process hears of a new name after so long. */
const FRESH_MS = 10_000;

/** Longer ones fit on no button. */
export const MAX_NAME = 60;

interface GivenName {
  kind: NamedKind;
  /** Paylov's id of the thing; for a field its `fieldKey`, for a way to top up that way. */
  key: string;
  language: Language;
}

export interface KeptNames extends GivenNames {
  /** Reads them when what is known is older than ten seconds: call it before screens are made. */
  refresh(): Promise<void>;
  /** Gives a thing a name; null: the dictionary's again. Known in this process once the transaction is over. */
  give(tx: Tx, which: GivenName, given: { name: string | null; at: number }): Promise<void>;
}

export function keptNames({ db, clock }: { db: Database; clock: Clock }): KeptNames {
  let names = new Map<string, string>();
  let readAt: number | null = null;
  return {
    get: (kind, key, language) => names.get(placeOf({ kind, key, language })),
    async refresh() {
      const now = clock.elapsed();
      if (readAt !== null && now - readAt < FRESH_MS) return;
      const all = await db.read.select().from(rows);
      names = new Map(all.map((row) => [placeOf(row), row.name]));
      readAt = now;
    },
    async give(tx, which, { name, at }) {
      const { kind, key, language } = which;
      const same = and(eq(rows.kind, kind), eq(rows.key, key), eq(rows.language, language));
      await tx.delete(rows).where(same);
      if (name !== null) await tx.insert(rows).values({ ...which, name, at });
      tx.afterCommit(() => {
        readAt = null;
      });
    },
  };
}

function placeOf({ kind, key, language }: GivenName): string {
  return `${kind} ${language} ${key}`;
}
