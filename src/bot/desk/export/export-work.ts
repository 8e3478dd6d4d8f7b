/**
 * Makes exports, one at a time, while the bot goes on. What was asked for stands in the database until the file is sent,
 * so that a restart makes it again; the file itself lives no longer than it takes to send it.
 */
import { rm } from 'node:fs/promises';
import { type Api, InputFile } from 'grammy';
import { z } from 'zod';
import type { Tx } from '../../../db/database.ts';
import { forget, keep, keepFirst, keptUnder } from '../../kit/kept.ts';
import { isLanguage } from '../../../core/language.ts';
import { formatSum, som } from '../../../core/money.ts';
import type { ExportOutcome } from '../../../reports/export-order.ts';
import { errorForLog, refusalOf } from '../../../core/telegram-errors.ts';
import type { Parts } from '../../kit/context.ts';
import type { Translate } from '../../locales/texts.ts';
import { HTML, messageOptions } from '../../../core/telegram-format.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { daysText, periodOf } from './export-days.ts';
import { exportMenu } from './export-menu.ts';
import { exportWords } from './export-words.ts';
import { auditEntriesAbout, writeAuditLog } from '../../../staff/audit-log.ts';

const askedSchema = z.object({
  chatId: z.int(),
  /** The message that shows the progress; null before it was sent. */
  messageId: z.int().nullable(),
  days: z.object({ first: z.string(), last: z.string() }),
  language: z.string().refine(isLanguage),
  tries: z.int(),
});

type Asked = z.infer<typeof askedSchema>;

type AskOutcome = 'asked' | 'asked_before' | 'busy';

export interface ExportWork {
  /**
   * Takes an order, in a transaction. `source` names the message it comes from: one message gives one file, however
   * often it is tapped. Call `begin` afterwards.
   */
  ask(tx: Tx, asked: Asked & { staffId: number; source: number; at: number }): Promise<AskOutcome>;
  /** Makes what was asked for, if there is anything and nothing is being made. Does not wait for it. */
  begin(api: Api): Promise<void>;
  /** Leaves it for the next process. */
  stop(): Promise<void>;
}

const KEY = 'export';

/** How often it is tried: what kills the process each time must not do so for ever. */
const MAX_TRIES = 3;

/** Telegram takes no larger documents from bots. */
const MAX_BYTES = 50_000_000;

interface State {
  parts: Parts;
  running: Promise<void> | null;
  stopping: boolean;
}

export function createExportWork(parts: Parts): ExportWork {
  const state: State = { parts, running: null, stopping: false };
  return {
    ask,
    async begin(api) {
      if (state.running || state.stopping) return;
      const asked = await take(parts);
      // Somebody else may have begun meanwhile.
      if (!asked || state.running) return;
      state.running = make(state, { api, asked }).finally(() => {
        state.running = null;
      });
    },
    async stop() {
      state.stopping = true;
      parts.reports.stop();
      await state.running;
    },
  };
}

async function ask(
  tx: Tx,
  { staffId, source, at, ...asked }: Asked & { staffId: number; source: number; at: number },
): Promise<AskOutcome> {
  const subject = `export:${asked.chatId}.${source}`;
  const [before] = await auditEntriesAbout(tx, subject, { offset: 0, limit: 1 });
  if (before) return 'asked_before';
  if (!(await keepFirst(tx, { key: KEY, state: asked, updatedAt: at }))) return 'busy';
  await writeAuditLog(tx, { staffId, action: 'export', subject, note: daysText(asked.days), at });
  return 'asked';
}

/** Takes what is to be made, counting this try. */
async function take({ db, clock }: Parts): Promise<Asked | null> {
  const row = await keptUnder(db.read, KEY);
  if (!row) return null;
  const parsed = askedSchema.safeParse(row.state);
  if (!parsed.success) {
    await db.tx((tx) => forget(tx, KEY));
    return null;
  }
  const asked = { ...parsed.data, tries: parsed.data.tries + 1 };
  await db.tx((tx) => keep(tx, { key: KEY, state: asked, updatedAt: clock.now() }));
  return asked;
}

/** Makes the file. Never rejects, because nobody waits for it. */
async function make(state: State, { api, asked }: { api: Api; asked: Asked }): Promise<void> {
  const { parts } = state;
  const t = parts.texts(asked.language);
  const days = daysText(asked.days);
  const said = { api, asked };
  try {
    if (asked.tries > MAX_TRIES) throw new Error('the program ended during each attempt');
    const messageId = await tell(said, screen([t('export-making', { days })]));
    const outcome = await writeAndSend(parts, { api, asked, t });
    await tell({ api, asked: { ...asked, messageId } }, done(t, days, outcome));
    await parts.db.tx((tx) => forget(tx, KEY));
  } catch (error) {
    // The next process makes it.
    if (state.stopping) return;
    parts.log.error({ event: 'no_export', err: errorForLog(error) }, 'an export was not made');
    await giveUp(parts, said, screen([t('export-failed', { days })])).catch((second: unknown) =>
      parts.log.error({ event: 'no_export', err: errorForLog(second) }, 'nor was it said'),
    );
  }
}

async function giveUp(parts: Parts, said: Said, words: Screen): Promise<void> {
  await parts.db.tx((tx) => forget(tx, KEY));
  await tell(said, words);
}

async function writeAndSend(
  parts: Parts,
  { api, asked, t }: { api: Api; asked: Asked; t: Translate },
): Promise<ExportOutcome> {
  const { first, last } = asked.days;
  const name = `tolov_${first}_${last}.xlsx`;
  const path = await parts.reports.newFile(name);
  try {
    const period = periodOf(asked.days);
    const order = { period, words: exportWords(t), path, maxBytes: MAX_BYTES };
    const outcome = await parts.reports.writeExport(order);
    if (outcome.kind === 'too_large' || outcome.rows === 0) return outcome;
    const caption = t('export-caption', { days: daysText(asked.days), rows: rowsText(outcome) });
    await api.sendDocument(asked.chatId, new InputFile(path, name), { ...HTML, caption });
    return outcome;
  } catch (error) {
    // A Bot API server that somebody runs themselves may have limits of its own.
    if (refusalOf(error)?.error_code === 413) return { kind: 'too_large' };
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}

function rowsText({ rows }: { rows: number }): string {
  return formatSum(som(rows));
}

function done(t: Translate, days: string, outcome: ExportOutcome): Screen {
  if (outcome.kind === 'too_large') return exportMenu(t, t('export-too-large', { days }));
  if (outcome.rows === 0) return exportMenu(t, t('export-nothing', { days }));
  return exportMenu(t, t('export-done', { days }));
}

interface Said {
  api: Api;
  asked: Pick<Asked, 'chatId' | 'messageId'>;
}

/** Shows it in the place of what was said before. Resolves with the id of the message it stands in. */
async function tell({ api, asked }: Said, { text, keyboard }: Screen): Promise<number> {
  const { chatId, messageId } = asked;
  if (messageId === null) {
    return (await api.sendMessage(chatId, text, messageOptions(keyboard))).message_id;
  }
  try {
    await api.editMessageText(chatId, messageId, text, messageOptions(keyboard));
    return messageId;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.error_code !== 400) throw error;
    if (/not modified/i.test(refusal.description)) return messageId;
    return (await api.sendMessage(chatId, text, messageOptions(keyboard))).message_id;
  }
}
