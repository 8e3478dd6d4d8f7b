/** Watches the database's file: whether it is at its place, and whether it is whole. */
import { messageOptions } from '../core/telegram-format.ts';
import { damageAside, damageIn } from '../db/damage.ts';
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

/**
 * Tells owners directly, since the outbox is in the file that is gone. Each chat hears it once; a chat that could not
 * be told is tried again.
 */
function watchPlace({ options, db, bot, topupDeps }: Watched): () => Promise<void> {
  const { log, config } = options;
  const untold = new Set(topupDeps.ownerChats);
  let isNoted = false;
  return async () => {
    const detail = db.lost?.() ?? null;
    if (detail === null) return;
    if (!isNoted) log.error({ event: 'database_gone', detail }, 'nothing is written any more');
    isNoted = true;
    const alarm: AlarmParams = { kind: 'database_trouble', trouble: 'gone', detail };
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
