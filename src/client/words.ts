/** Reading and showing what a provider says in words. */
import type { SecretScrubber } from '../core/secrets.ts';

const MAX_DETAIL = 300;
const APOSTROPHES = /[ʻʼ‘’‛`´′]/gu;
/** Card and phone numbers in a message are a payer's: long runs of digits are taken out. */
const LONG_NUMBER = /\+?\d(?:[ -]?\d){11,}/g;

/** A JSON object as it came. */
export type Body = Readonly<Record<string, unknown>>;

/**
 * Providers and people mix ' ʻ ʼ ‘ ’ and `: one of them, lower case, single spaces, nothing invisible, for comparing
 * only.
 */
export function normaliseWords(text: string): string {
  const visible = text.replace(/\p{Cf}/gu, '');
  return visible.replace(APOSTROPHES, "'").replace(/\s+/g, ' ').trim().toLowerCase();
}

/** A word as a field has it, for comparing: also a number, `true` or `false`; empty for everything else. */
export function plainWord(value: unknown): string {
  if (typeof value === 'string') return normaliseWords(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** `error_code` as it stands; empty when there is none, which 0, false and an empty text say, too. */
export function errorCodeOf(body: Body): string {
  const code = body['error_code'];
  const text = typeof code === 'string' || typeof code === 'number' ? String(code).trim() : '';
  return text === '0' ? '' : text;
}

/** What the provider says about a failure: `message`, `detail` (a text or a list), `error`, else nothing. */
export function failureWords(body: Body): string {
  for (const value of [body['message'], body['detail'], body['error'], body['msg']]) {
    const words = wordsOf(value);
    if (words !== '') return words;
  }
  return '';
}

function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(itemWords).filter(Boolean).join('; ');
  return itemWords(value);
}

/** `{loc: ["body", "amount"], msg: "Field required"}`; the `input` beside them may be a secret. */
function itemWords(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (!isBody(value)) return '';
  const text = value['msg'] ?? value['message'];
  const place = Array.isArray(value['loc']) ? value['loc'].map(String).join('.') : '';
  if (typeof text !== 'string') return '';
  return place === '' ? text.trim() : `${place}: ${text.trim()}`;
}

/** True for a JSON object, false for arrays, null and everything else. */
export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MAX_BODY = 4000;

/** Values that are a secret, or a person's, whatever they are; of JSON only. */
const SECRET_FIELDS =
  /("(?:[\w-]*(?:key|token|secret|password|otp)|gmail|e?mail|sender_email|[\w-]*phone|login)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;

/** A whole body for an operator's eyes: at most 4000 characters, without secrets and long numbers. */
export function safeBody(
  text: string,
  {
    scrub,
    also,
  }: { scrub: (text: string, also?: readonly string[]) => string; also?: readonly string[] },
): string {
  return scrub(text.toWellFormed(), also)
    .replace(SECRET_FIELDS, '$1"[secret]"')
    .replace(LONG_NUMBER, '[number]')
    .slice(0, MAX_BODY)
    .toWellFormed();
}

/** `text` for an operator's eyes: one line, at most 300 characters, without secrets and long numbers. */
export function safeDetail(
  text: string,
  options: { secrets: SecretScrubber; also?: readonly string[] },
): string {
  // Scrubbed before it is cut: half a secret would not be found.
  const clean = options.secrets
    .scrub(text.toWellFormed(), options.also)
    .replace(LONG_NUMBER, '[number]');
  return clean
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_DETAIL)
    .toWellFormed();
}
