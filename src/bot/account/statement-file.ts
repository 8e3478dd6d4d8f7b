/** A person's own statement as a file, for a period that is chosen by a button. */
import { Composer, InputFile } from 'grammy';
import { dayOf } from '../../core/calendar.ts';
import { errorForLog } from '../../core/telegram-errors.ts';
import { HTML } from '../../core/telegram-format.ts';
import { statementBetween, type StatementPart, subjectOf } from '../../ledger/statement.ts';
import { QUOTAS } from '../../quotas/limits.ts';
import { returnUse, useQuota } from '../../quotas/quotas.ts';
import {
  STATEMENT_FORMATS,
  type StatementFormat,
  type StatementSheet,
} from '../../receipts/statement-sheet.ts';
import { STATEMENT_SPANS, type TapOf } from '../kit/callbacks.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import { plainName } from '../kit/format.ts';
import { quotaNotice } from '../kit/quota.ts';
import { answer, send, show } from '../kit/reply.ts';
import { button, menuButton, type Screen, screen } from '../kit/screen.ts';
import { onTaps } from '../kit/taps.ts';
import type { Translate } from '../locales/texts.ts';
import { type StatementSpan, stretchOf } from './statement-spans.ts';
import { whatHappened } from './statement.ts';

/** People have hundreds; whoever has more chooses a shorter period. */
const MOST_LINES = 5000;

const SPAN_NAMES = {
  month: 'statement-span-month',
  before: 'statement-span-before',
  quarter: 'statement-span-quarter',
  year: 'statement-span-year',
  all: 'statement-span-all',
} as const satisfies Record<StatementSpan, string>;

const FORMAT_NAMES = { pdf: 'PDF', xlsx: 'Excel' } as const satisfies Record<
  StatementFormat,
  string
>;

export function statementFileFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onTaps(composer, {
    statement_files: async (ctx) => void (await show(ctx, choiceScreen(ctx.t))),
    statement_file: async (ctx, tap) => await give(ctx, parts, tap),
  });
  return composer;
}

function choiceScreen(t: Translate): Screen {
  return screen(
    [t('statement-file-title')],
    [
      ...STATEMENT_SPANS.map((span) =>
        STATEMENT_FORMATS.map((format) =>
          button(`${t(SPAN_NAMES[span])} · ${FORMAT_NAMES[format]}`, {
            kind: 'statement_file',
            span,
            format,
          }),
        ),
      ),
      [button(t('button-back'), { kind: 'statement', filter: 'all', offset: 0 }), menuButton(t)],
    ],
  );
}

async function give(
  ctx: BotContext,
  parts: Parts,
  { span, format }: TapOf<'statement_file'>,
): Promise<void> {
  const { id: userId } = ctx.person;
  const { db, clock } = parts;
  const now = clock.now();
  // Before anything is read: thousands of lines that are too many were read all the same.
  const use = { userId, action: 'statement' } as const;
  const granted = await db.tx((tx) => useQuota(tx, QUOTAS, { ...use, at: now }));
  if (granted.kind === 'quota_spent') {
    await answer(ctx, quotaNotice(ctx.t, granted, now), { alert: true });
    return;
  }
  const stretch = stretchOf(span, now);
  const part = await statementBetween(db.read, userId, { ...stretch, most: MOST_LINES });
  if (part === null) {
    await answer(ctx, ctx.t('statement-file-too-long'), { alert: true });
    return;
  }
  if (part.lines.length === 0) {
    await db.tx((tx) => returnUse(tx, use));
    await answer(ctx, ctx.t('statement-file-nothing'), { alert: true });
    return;
  }
  await answer(ctx);
  await ctx.replyWithChatAction('upload_document');
  const days = daysOf(part, { fromAt: stretch.fromAt, toAt: stretch.toAt ?? now });
  const file = await write(parts, { format, sheet: sheetOf(ctx, part, days) });
  if (typeof file === 'string') {
    await db.tx((tx) => returnUse(tx, use));
    await send(ctx, { text: ctx.t(file) });
    return;
  }
  const name = `statement_${days.map((day) => day.split('.').toReversed().join('-')).join('_')}.${format}`;
  const caption = ctx.t('statement-file-caption', { days: days.join(' – ') });
  await ctx.replyWithDocument(new InputFile(file, name), { ...HTML, caption });
}

/** Writes the file, or returns the text that says why not. */
async function write(
  { receipts, log }: Parts,
  order: { format: StatementFormat; sheet: StatementSheet },
): Promise<Uint8Array | string> {
  try {
    return (await receipts.statement(order)) ?? 'statement-file-busy';
  } catch (error) {
    log.error({ event: 'no_statement', err: errorForLog(error) }, 'a statement was not written');
    return 'statement-file-failed';
  }
}

/** The first and the last day of the statement; of one over everything, the day of its first line. */
function daysOf(
  { lines }: StatementPart,
  { fromAt, toAt }: { fromAt: number; toAt: number },
): [string, string] {
  return [shown(fromAt === 0 ? (lines[0]?.at ?? toAt) : fromAt), shown(toAt - 1)];
}

function shown(at: number): string {
  return dayOf(at).split('-').toReversed().join('.');
}

function sheetOf(
  { t, me, person }: BotContext,
  { lines, openingTiyin, closingTiyin }: StatementPart,
  days: readonly string[],
): StatementSheet {
  return {
    issuer: `@${me.username}`,
    title: t('statement-file-name'),
    about: [`${plainName(person)} · ID ${person.id}`, days.join(' – ')],
    columns: {
      at: t('statement-column-at'),
      what: t('statement-column-what'),
      number: '№',
      sum: t('statement-column-sum'),
      balance: t('statement-column-balance'),
    },
    opening: { label: t('statement-opening'), balanceTiyin: openingTiyin },
    lines: lines.map((line) => ({
      at: line.at,
      what: whatHappened(t, line),
      number: subjectOf(line)?.id ?? null,
      amountTiyin: line.amountTiyin,
      balanceTiyin: line.balanceTiyin,
    })),
    closing: { label: t('statement-closing'), balanceTiyin: closingTiyin },
  };
}
