import { expect, it } from 'vitest';
import { loadTexts } from '../locales/texts.ts';
import { quotaNotice } from './quota.ts';

it('says when it goes on by a minute that is not too early, with the date on another day', () => {
  const t = loadTexts()('en');
  const now = Date.parse('2026-01-05T09:00:00Z');
  const notice = (until: number) =>
    quotaNotice(t, { kind: 'quota_spent', action: 'open_order', until }, now);
  expect(notice(now + 35 * 60_000 - 20_000)).toContain('New ones from 14:35.');
  expect(notice(now + 24 * 3_600_000)).toContain('New ones from 06.01.2026 14:00.');
});
