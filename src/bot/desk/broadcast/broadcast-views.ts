/** What owners see of a message to everybody. */
import type { InlineKeyboardButton } from 'grammy/types';
import { type Audience, SEEN_DAYS } from '../../../users/audience.ts';
import type { Broadcast } from '../../../broadcast/store.ts';
import { type Language, LANGUAGES } from '../../../core/language.ts';
import { SPARE_PER_SECOND } from '../../../outbox/pacing.ts';
import type { Texts, Translate } from '../../locales/texts.ts';
import { clip, dateTime, escapeHtml } from '../../kit/format.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { z } from 'zod';
import { anId, orNone } from '../../kit/tap-fields.ts';
import { deskButton, deskTap } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';

export const BROADCAST_AREA = 'cast';

/** Chooses who gets a draft by language; null: everybody. */
export const LANGUAGE = deskTap(BROADCAST_AREA, 'language', {
  id: anId,
  language: orNone(z.enum(LANGUAGES)),
});
const seenFor = z.codec(z.string().regex(/^\d+$/), z.literal(SEEN_DAYS), {
  // Others are refused by the literal.
  decode: (text) => Number(text) as (typeof SEEN_DAYS)[number],
  encode: String,
});
export const SEEN = deskTap(BROADCAST_AREA, 'seen', { id: anId, seenDays: orNone(seenFor) });

const BAR = 12;
const MAX_REASON = 200;

const SEEN_TEXTS = { 7: 'broadcast-seen-week', 30: 'broadcast-seen-month' } as const;

function castButton(text: string, action: string, arg = ''): InlineKeyboardButton {
  return deskButton(text, { area: BROADCAST_AREA, action, arg });
}

/** The question that a text or a photo answers. `last`: the one before. */
export function askContentScreen(
  t: Translate,
  { problem, last }: { problem: string | null; last: Broadcast | null },
): Screen {
  const lastLine =
    last?.startedAt === undefined || last.startedAt === null
      ? null
      : t('broadcast-last', {
          at: dateTime(last.startedAt),
          sent: String(last.sent),
          total: String(last.total),
        });
  return screen(
    [problem, problem === null ? null : '', t('broadcast-ask'), lastLine],
    [[castButton(t('button-drop'), 'leave')]],
  );
}

/** The buttons under the preview that choose who gets it. `total`: how many people those are. */
export function draftScreen(
  t: Translate,
  { draft, total, texts }: { draft: Broadcast; total: number; texts: Texts },
): Screen {
  return screen(
    [
      t('broadcast-draft'),
      '',
      t('broadcast-choose'),
      t('broadcast-count', { count: String(total) }),
    ],
    [
      ...audienceRows(t, draft, texts),
      [castButton(t('broadcast-button-next'), 'ask', draft.id)],
      [castButton(t('button-drop'), 'drop', draft.id)],
    ],
  );
}

const marked = (text: string, isChosen: boolean): string => (isChosen ? `✔️ ${text}` : text);

function audienceRows(
  t: Translate,
  { id, audience }: Broadcast,
  texts: Texts,
): InlineKeyboardButton[][] {
  const all = marked(t('broadcast-all-languages'), audience.language === null);
  const anyTime = marked(t('broadcast-seen-ever'), audience.seenDays === null);
  const languages = LANGUAGES.map((language) =>
    LANGUAGE.button(marked(texts(language)('language-name'), audience.language === language), {
      id,
      language,
    }),
  );
  const seen = SEEN_DAYS.map((days) =>
    SEEN.button(marked(t(SEEN_TEXTS[days]), audience.seenDays === days), { id, seenDays: days }),
  );
  return [
    [LANGUAGE.button(all, { id, language: null })],
    languages.slice(0, 2),
    languages.slice(2),
    [SEEN.button(anyTime, { id, seenDays: null })],
    seen,
  ];
}

/** The last question before it goes out. */
export function confirmScreen(
  t: Translate,
  { draft, total, texts }: { draft: Broadcast; total: number; texts: Texts },
): Screen {
  return screen(
    [
      t('broadcast-confirm', { count: String(total) }),
      audienceLine(t, draft.audience, texts),
      t('broadcast-takes', { time: roughly((total / SPARE_PER_SECOND) * 1000) }),
      t('broadcast-for-good'),
    ],
    [
      [castButton(t('broadcast-button-start'), 'start', draft.id)],
      [
        castButton(t('broadcast-button-back'), 'draft', draft.id),
        castButton(t('button-drop'), 'drop', draft.id),
      ],
    ],
  );
}

function audienceLine(t: Translate, { language, seenDays }: Audience, texts: Texts): string {
  const whom = language === null ? t('broadcast-all-languages') : nameOf(texts, language);
  const when = t(seenDays === null ? 'broadcast-seen-ever' : SEEN_TEXTS[seenDays]);
  return t('broadcast-audience', { language: whom, seen: when });
}

function nameOf(texts: Texts, language: Language): string {
  return texts(language)('language-name');
}

interface ProgressView {
  broadcast: Broadcast;
  texts: Texts;
  leftMs: number | null;
  /** The name of the person who pressed “stop”; null while nobody has. */
  stopper: string | null;
}

const TITLES = {
  draft: 'broadcast-draft',
  dropped: 'broadcast-dropped',
  running: 'broadcast-running',
  done: 'broadcast-done',
  stopped: 'broadcast-stopped',
} as const;

/** How a broadcast goes, or went: the progress message, and the report. */
export function progressScreen(t: Translate, view: ProgressView): Screen {
  const { broadcast, texts } = view;
  const { id, state, startedAt, endedAt } = broadcast;
  const isEnded = endedAt !== null;
  const title = state === 'stopped' && !isEnded ? 'broadcast-stopping' : TITLES[state];
  const took =
    isEnded && startedAt !== null
      ? t('broadcast-took', { time: roughly(endedAt - startedAt) })
      : null;
  const buttons = isEnded
    ? [deskHomeButton(t)]
    : [
        castButton(t('broadcast-button-refresh'), 'show', id),
        state === 'running' ? castButton(t('broadcast-button-stop'), 'stop', id) : null,
      ];
  return screen(
    [
      t(title),
      audienceLine(t, broadcast.audience, texts),
      '',
      ...figures(t, broadcast),
      took,
      leftLine(t, view),
      ...endLines(t, view),
    ],
    [buttons],
  );
}

function figures(t: Translate, { total, sent, blocked, failed }: Broadcast): string[] {
  const served = sent + blocked + failed;
  // People who came back meanwhile may make it more than it was.
  const share = total === 0 ? 1 : Math.min(1, served / total);
  const full = Math.floor(share * BAR);
  return [
    `<code>${'█'.repeat(full)}${'░'.repeat(BAR - full)}</code> ${Math.floor(share * 100)} %`,
    t('broadcast-served', { served: String(served), total: String(total) }),
    t('broadcast-figures', {
      sent: String(sent),
      blocked: String(blocked),
      failed: String(failed),
    }),
  ];
}

function leftLine(t: Translate, { broadcast, leftMs }: ProgressView): string | null {
  if (broadcast.state !== 'running' || leftMs === null) return null;
  return t('broadcast-left', { time: roughly(leftMs) });
}

function endLines(t: Translate, { broadcast, stopper }: ProgressView): string[] {
  const { state, refusal, stoppedBy, endedAt } = broadcast;
  const lines = stopper === null ? [] : [t('broadcast-stopped-by', { name: stopper })];
  if (refusal === null) return lines;
  const reason = escapeHtml(clip(refusal, MAX_REASON));
  const isItsEnd = state === 'stopped' && stoppedBy === null && endedAt !== null;
  return [...lines, t(isItsEnd ? 'broadcast-refused' : 'broadcast-last-refusal', { reason })];
}

/** A message of its own: the progress message is edited all the time. */
export function askStopScreen(t: Translate, id: string): Screen {
  return screen(
    [t('broadcast-ask-stop')],
    [
      [
        castButton(t('broadcast-button-stop-now'), 'stopnow', id),
        castButton(t('broadcast-button-go-on'), 'goon', id),
      ],
    ],
  );
}

const two = (number: number): string => String(number).padStart(2, '0');

/** `1:05:00`: the same in every language. */
function roughly(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}
