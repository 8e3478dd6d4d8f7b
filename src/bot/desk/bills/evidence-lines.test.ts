import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../bills/states.ts';
import { LANGUAGES } from '../../../core/language.ts';
import { loadTexts } from '../../locales/texts.ts';
import { evidenceLines } from './evidence-lines.ts';

const PAID_AT = Date.UTC(2026, 0, 5, 7);
const SILENT: Evidence = {
  status: { kind: 'problem', code: 'timeout' },
  checks: 9,
  listed: [],
  complete: false,
};
const CLEAR: Evidence = {
  status: { kind: 'status', status: 'paid', amountTiyin: 5_000_000, paidAt: PAID_AT },
  checks: 2,
  listed: [
    { id: 'T-<1>', amountTiyin: 100_000, paidAt: PAID_AT, cardMask: '9860 **** **** 8885' },
    ...Array.from({ length: 6 }, (_, n) => ({ id: `T-${n + 2}`, amountTiyin: 5_000_000 })),
  ],
  complete: true,
};
const REFUSED: Evidence = {
  status: { kind: 'problem', code: 'unknown_error', detail: 'no <such> thing' },
  checks: 1,
  listed: { problem: 'network' },
  complete: false,
};
const ODD: Evidence[] = [
  { ...SILENT, status: { kind: 'status', status: 'created' }, complete: true },
  { ...SILENT, status: { kind: 'status', status: 'cancelled' } },
  { ...SILENT, status: { kind: 'status', status: 'other' } },
  { ...SILENT, status: { kind: 'status', status: 'paid', amountTiyin: null } },
  { ...SILENT, status: { kind: 'problem', code: 'bad_answer' } },
  { ...SILENT, status: { kind: 'problem', code: 'wrong_keys' } },
];

const texts = loadTexts();

describe('what is known of a bill', () => {
  it('is said in words', () => {
    const t = texts('en');
    expect(evidenceLines(t, SILENT)).toEqual([
      '<b>What is known</b>',
      '• Paylov was asked 9×',
      '• the last time: no answer',
      '• its list of payments has no such payment',
      '⚠️ Its list was not complete.',
    ]);
    expect(evidenceLines(t, CLEAR)).toEqual([
      '<b>What is known</b>',
      '• Paylov was asked 2×',
      "• the last time: paid, 50\u00a0000\u00a0so'm, 05.01.2026 12:00",
      '• in its list of payments:',
      "   <code>T-&lt;1&gt;</code> · 1\u00a0000\u00a0so'm · 05.01.2026 12:00 · 9860 **** **** 8885",
      ...[2, 3, 4, 5].map((n) => `   <code>T-${n}</code> · 50\u00a0000\u00a0so'm`),
      '   and 2 more',
    ]);
    expect(evidenceLines(t, REFUSED).slice(2)).toEqual([
      '• the last time: an error <code>unknown_error</code> <i>no &lt;such&gt; thing</i>',
      '• its list of payments: no answer',
    ]);
  });

  it.each(LANGUAGES.filter((each) => each !== 'en'))(
    'has no names of the program in %s',
    (code) => {
      for (const evidence of [SILENT, CLEAR, REFUSED, ...ODD]) {
        const said = evidenceLines(texts(code), evidence).join('\n');
        expect(said).not.toMatch(/\b(?:kind|problem|status|checks|listed|complete|true|false)\b/);
        expect(said).not.toContain('evidence-');
      }
    },
  );
});
