/** Who gets a broadcast. People are read in pages of ids, so that a million of them cost as little memory as ten. */
import { asc, count, gt, max, sql, type SQL, sum } from 'drizzle-orm';
import { z } from 'zod';
import type { Queries } from '../db/database.ts';
import { users } from '../db/tables.ts';
import type { Clock } from '../core/deps.ts';
import { type Language, LANGUAGES } from '../core/language.ts';
import { DAY_MS } from '../core/calendar.ts';

export const SEEN_DAYS = [7, 30] as const;

export const audienceSchema = z.object({
  /** Null: whatever they speak. */
  language: z.enum(LANGUAGES).nullable(),
  /** Seen in these last days; null: whenever. */
  seenDays: z.literal(SEEN_DAYS).nullable(),
});

export type Audience = z.infer<typeof audienceSchema>;

export const EVERYBODY: Audience = { language: null, seenDays: null };

export interface Reach {
  audience: Audience;
  /** When it began, in milliseconds since 1970: who came later is not part of it. Telegram's ids say nothing of that. */
  startedAt: number;
  /** Of people whose language nobody knows. */
  defaultLanguage: Language;
}

/** People looked at in one query; a query holds up everybody else. */
const PAGE = 1000;
const COUNT_PAGE = 20_000;

interface Page {
  /** In order. */
  userIds: number[];
  /** Where the next page begins; null after the last one. */
  lastId: number | null;
}

/** Those of the next thousand people after `afterId` who are reached; a page may be empty and not the last. */
export async function recipientsAfter(
  queries: Queries,
  { afterId, reach }: { afterId: number; reach: Reach },
): Promise<Page> {
  const rows = await queries
    .select({ id: users.id, fits: fits(reach) })
    .from(users)
    .where(gt(users.id, afterId))
    .orderBy(asc(users.id))
    .limit(PAGE);
  const userIds = rows.filter((row) => row.fits === 1).map((row) => row.id);
  return { userIds, lastId: rows.length < PAGE ? null : (rows.at(-1)?.id ?? null) };
}

/** How many people that are now. Others get their turn between its pages. */
export async function countRecipients(
  queries: Queries,
  reach: Reach,
  clock: Clock,
): Promise<number> {
  let total = 0;
  let afterId: number | null = 0;
  while (afterId !== null) {
    const page = await countPage(queries, { afterId, reach });
    total += page.fit;
    afterId = page.lastId;
    if (afterId !== null) await clock.sleep(1);
  }
  return total;
}

async function countPage(
  queries: Queries,
  { afterId, reach }: { afterId: number; reach: Reach },
): Promise<{ fit: number; lastId: number | null }> {
  const page = queries
    .select({ id: users.id, fits: fits(reach).as('fits') })
    .from(users)
    .where(gt(users.id, afterId))
    .orderBy(asc(users.id))
    .limit(COUNT_PAGE)
    .as('page');
  const [row] = await queries
    .select({ lastId: max(page.id), seen: count(), fit: sum(page.fits) })
    .from(page);
  const isFull = row?.seen === COUNT_PAGE;
  return { fit: Number(row?.fit ?? 0), lastId: isFull ? row.lastId : null };
}

/** 1 for those reached, else 0. */
function fits({ audience, startedAt, defaultLanguage }: Reach): SQL<number> {
  const { language, seenDays } = audience;
  const conditions = [
    sql`${users.blockedAt} is null and ${users.unreachableAt} is null`,
    sql`${users.createdAt} <= ${startedAt}`,
    language === null ? null : sql`${spoken(defaultLanguage)} = ${language}`,
    seenDays === null ? null : sql`${users.seenAt} >= ${startedAt - seenDays * DAY_MS}`,
  ].filter((condition) => condition !== null);
  return sql<number>`case when ${sql.join(conditions, sql` and `)} then 1 else 0 end`;
}

/** What `languageOf` says, in SQL; a test holds the two together. */
function spoken(fallback: Language): SQL {
  const known = sql.join(
    LANGUAGES.map((language) => sql`${language}`),
    sql`, `,
  );
  // Only those of two letters can be the beginning of another name.
  const bases = LANGUAGES.filter((language) => !language.includes('-')).map(
    (base) => sql`when substr(${users.telegramLanguage}, 1, 3) = ${`${base}-`} then ${base}`,
  );
  return sql`case when ${users.language} in (${known}) then ${users.language}
    when ${users.telegramLanguage} in (${known}) then ${users.telegramLanguage}
    ${sql.join(bases, sql` `)} else ${fallback} end`;
}
