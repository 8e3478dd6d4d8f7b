/** What a person hears who did something more often than people do: kindly, and when it goes on. */
import type { QuotaSpent } from '../../quotas/quotas.ts';
import type { Translate } from '../locales/texts.ts';
import { deadline } from './format.ts';

const MINUTE_MS = 60_000;

/** Says when it goes on, by a clock time that is not too early. */
export function quotaNotice(t: Translate, { action, until }: QuotaSpent, now: number): string {
  const at = Math.ceil(until / MINUTE_MS) * MINUTE_MS;
  return t(`quota-${action}`, { time: deadline(at, now) });
}
