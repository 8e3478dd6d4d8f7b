/** The codes that owners of cards get by SMS: six digits, five minutes, three tries. */
import { randomCode, type Clock, type Random } from '../../src/core/deps.ts';
import type { PaylovErrorCode } from '../../src/bills/paylov/errors.ts';

const LIFE_MS = 300_000;
const MAX_TRIES = 3;
const MAX_CODES = 5000;

export interface Codes {
  /** Sends a new code for `key`; `lastCode` finds it under the other names too. */
  send(key: string, options: { userId: string; names?: readonly string[] }): void;
  /** Null when `given` is the code; it is used up then. */
  check(key: string, given: string): PaylovErrorCode | null;
  last(name: string): string | undefined;
}

export function createCodes(options: {
  clock: Clock;
  random: Random;
  deliver: (sms: { userId: string; code: string; text: string }) => void;
}): Codes {
  const { clock, random, deliver } = options;
  const open = new Map<string, { code: string; until: number; tries: number }>();
  const latest = new Map<string, string>();
  return {
    last: (name) => latest.get(name),
    send: (key, { userId, names = [] }) => {
      const code = randomCode(random, { length: 6, alphabet: '0123456789' });
      remember(open, key, { code, until: clock.now() + LIFE_MS, tries: 0 });
      for (const name of [key, userId, ...names]) remember(latest, name, code);
      deliver({ userId, code, text: `Tasdiqlash kodi: ${code}. Uni hech kimga aytmang.` });
    },
    check: (key, given) => {
      const sent = open.get(key);
      if (!sent || clock.now() >= sent.until) return 'otp_expired';
      if (sent.tries >= MAX_TRIES) return 'too_many_attempts';
      sent.tries += 1;
      if (given !== sent.code) return 'invalid_otp';
      open.delete(key);
      return null;
    },
  };
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MAX_CODES && oldest !== undefined) map.delete(oldest);
}
