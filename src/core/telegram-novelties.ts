/**
 * What a Bot API server may be too old for. It refuses the whole call for it, which also says that nothing was sent. Where
 * the same can be said without, it is sent once more so, and what the server does not know is left out from then on; what
 * nothing would be left of is not asked for again by whoever asks `knows` before.
 */
import { z } from 'zod';

interface Novelty {
  /** In the JSON of every call that has it. */
  mark: string;
  /** How a server says that it does not know it. */
  refusal: RegExp;
  /** One value of the call without it. Absent where nothing would be left of the call. */
  without?(this: void, key: string, value: unknown): unknown;
}

const METHOD_NOT_FOUND = /method not found/i;

/** A moment that apps tell by their reader's clock; older ones show the words inside. */
const TIME_TAG: Novelty = {
  mark: '<tg-time ',
  refusal: /unsupported start tag "tg-time"/i,
  without: (_, value) => (isHtml(value) ? { ...value, ...wordsOf(value) } : value),
};

/** A button that shows what goes on and does nothing. */
const DISABLED_BUTTON: Novelty = {
  mark: '"disabled":{}',
  refusal: /text buttons are unallowed/i,
  without: (key, value) => (key === 'inline_keyboard' ? withoutDisabled(value) : value),
};

/** A preview of a message that is still to come. */
const DRAFT: Novelty = { mark: '"draft_id":', refusal: METHOD_NOT_FOUND };

/** Tables. A server that knows no such message finds nothing else in an edit, and does not know how to send one. */
const RICH: Novelty = {
  mark: '"rich_message":',
  refusal: /method not found|message text is empty/i,
};

const NOVELTIES = [TIME_TAG, DISABLED_BUTTON, DRAFT, RICH];

const BY_NAME = { draft: DRAFT, rich: RICH };

export type AskedNovelty = keyof typeof BY_NAME;

export interface TelegramNovelties {
  /** False once the server has refused it as what it does not know. */
  knows(novelty: AskedNovelty): boolean;
  /** The call's JSON without what the server is known not to know. */
  fit(body: string): string;
  /**
   * The call's JSON without what the server refused it for just now, to be sent once more. Null when the answer says nothing
   * of the kind. Never the same call again.
   */
  afterRefusal(body: string, answer: unknown): string | null;
}

/** One for each client: a program that starts anew tries again, and the server may be a newer one by then. */
export function createTelegramNovelties(): TelegramNovelties {
  const unknown = new Set<Novelty>();
  const without = (body: string, { mark, without: leaveOut }: Novelty): string =>
    leaveOut && body.includes(mark) ? JSON.stringify(JSON.parse(body, leaveOut)) : body;
  return {
    knows: (name) => !unknown.has(BY_NAME[name]),
    fit: (body) => [...unknown].reduce(without, body),
    afterRefusal(body, answer) {
      const reason = refusalSchema.safeParse(answer).data?.description;
      if (reason === undefined) return null;
      const refused = NOVELTIES.find(
        (each) => body.includes(each.mark) && each.refusal.test(reason),
      );
      if (refused === undefined) return null;
      unknown.add(refused);
      const rest = without(body, refused);
      return rest === body ? null : rest;
    },
  };
}

const refusalSchema = z.object({ error_code: z.literal([400, 404]), description: z.string() });

type Html = { parse_mode: 'HTML'; text?: unknown; caption?: unknown };

function isHtml(value: unknown): value is Html {
  return (
    typeof value === 'object' &&
    value !== null &&
    'parse_mode' in value &&
    value.parse_mode === 'HTML'
  );
}

function wordsOf({ text, caption }: Html): Partial<Html> {
  return {
    ...(typeof text === 'string' ? { text: withoutTags(text) } : {}),
    ...(typeof caption === 'string' ? { caption: withoutTags(caption) } : {}),
  };
}

function withoutTags(html: string): string {
  return html.replaceAll(/<\/?tg-time\b[^>]*>/g, '');
}

/** Rows that held nothing else go too; a keyboard without rows is none. */
function withoutDisabled(rows: unknown): unknown {
  if (!Array.isArray(rows)) return rows;
  return rows
    .map((row: unknown) => (Array.isArray(row) ? row.filter((each) => !isDisabled(each)) : row))
    .filter((row) => !Array.isArray(row) || row.length > 0);
}

function isDisabled(button: unknown): boolean {
  return typeof button === 'object' && button !== null && 'disabled' in button;
}
