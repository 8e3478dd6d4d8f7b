/** Watches the database's file: whether it is at its place, can be written, and is whole. */
import { messageOptions } from '../core/telegram-format.ts';
import { damageAside, damageIn } from '../db/damage.ts';
import { writeTrouble } from '../db/write-trouble.ts';
import type { Job } from '../core/job.ts';
import type { AlarmParams } from '../outbox/kinds.ts';
import type { AppParts } from './options.ts';

type Watched = Pick<AppParts, 'options' | 'db' | 'bot' | 'topupDeps'>;

/** There are none for PostgreSQL, whose server looks after its own files. */
export function fileJobs(parts: Watched): Job[] {
  const { config, openDatabase } = parts.options;
  if (config.database.engine !== 'sqlite') return [];
  const { path } = config.database;
  // `everywhere`, because the look belongs to no scheduled time: it need not wait until the clock is trusted after a
  // start.
  const jobs: Job[] = [
    { name: 'file', cron: '*/10 * * * * *', everywhere: true, run: watchPlace(parts) },
  ];
  // A caller that opens another database knows best how to look after it.
  if (openDatabase) return jobs;
  return [
    ...jobs,
    { name: 'file-check', cron: '10 4 * * *', run: () => lookForDamage(parts, path) },
  ];
}

/** The outbox is in the file that is in trouble, so owners are told directly. */
function watchPlace(parts: Watched): () => Promise<void> {
  const { options, db } = parts;
  const tellOfLoss = teller(parts);
  const lookAtDisk = watchDisk(parts);
  let isNoted = false;
  return async () => {
    const detail = db.lost?.() ?? null;
    if (detail === null) return await lookAtDisk();
    if (!isNoted)
      options.log.error({ event: 'database_gone', detail }, 'nothing is written any more');
    isNoted = true;
    await tellOfLoss({ kind: 'database_trouble', trouble: 'gone', detail });
  };
}

/** Of the looks every 10 s: so often something is written, to see whether it can be. */
const LOOKS_A_WRITE = 6;
/** Somebody else may hold the file for a moment. */
const FAILURES_TOLD = 2;
/** A disk that is full, is not, and is full again is told of once. */
const GOOD_FORGOTTEN = 30;

/** Owners hear of a file that can't be written, such as on a full disk, about a minute after it began. */
function watchDisk(parts: Watched): () => Promise<void> {
  const { options, db } = parts;
  let looks = 0;
  let failures = 0;
  let good = 0;
  let tell = teller(parts);
  return async () => {
    looks += 1;
    if (failures === 0 && looks % LOOKS_A_WRITE !== 0) return;
    const detail = await writeTrouble(db, options.deps.clock.now());
    if (detail === null) {
      failures = 0;
      good += 1;
      if (good === GOOD_FORGOTTEN) tell = teller(parts);
      return;
    }
    failures += 1;
    good = 0;
    if (failures < FAILURES_TOLD) return;
    options.log.error({ event: 'database_unwritable', detail }, 'nothing can be written');
    await tell({ kind: 'database_trouble', trouble: 'unwritable', detail });
  };
}

/** Each chat hears it once; a chat that could not be told is tried again. */
function teller({
  options: { log, config },
  bot,
  topupDeps,
}: Watched): (alarm: AlarmParams) => Promise<void> {
  const untold = new Set(topupDeps.ownerChats);
  return async (alarm) => {
    for (const chatId of untold) {
      const to = { chatId, language: config.defaultLanguage };
      try {
        const message = await bot.render('owner_alarm', { alarm, times: 1 }, to);
        if (message) await bot.bot.api.sendMessage(chatId, message.text, messageOptions());
        untold.delete(chatId);
      } catch (error) {
        log.warn({ event: 'alarm_failed', err: error }, 'an owner could not be told');
      }
    }
  };
}

async function lookForDamage({ options, topupDeps }: Watched, path: string): Promise<void> {
  const { deps, log, timeLeaps } = options;
  // Time that runs faster than the world's would not wait for a thread.
  const findings = timeLeaps ? damageIn(path) : await damageAside(path);
  if (findings.length === 0) return;
  log.error({ event: 'database_damaged', findings }, 'the database is damaged');
  const detail = findings.slice(0, 3).join('; ');
  const alarm: AlarmParams = { kind: 'database_trouble', trouble: 'damaged', detail };
  await topupDeps.write((tx) => topupDeps.alarm(tx, alarm, deps.clock.now()));
}
