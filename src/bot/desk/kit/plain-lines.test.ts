import { expect, it } from 'vitest';
import { plainLines } from './plain-lines.ts';

it('writes data as names and values', () => {
  const data = {
    status: { kind: 'problem', code: 'timeout', detail: '' },
    checks: 12,
    amountTiyin: 5_000_150,
    paidAt: Date.UTC(2026, 0, 5, 7),
    listed: [{ id: 'T-1', paid: true }],
    others: [],
    complete: false,
  };
  expect(plainLines(data)).toBe(
    [
      'status:',
      '  kind: problem',
      '  code: timeout',
      '  detail: —',
      'checks: 12',
      'amount: 50\u00a0001,50',
      'paid: 05.01.2026 12:00',
      'listed:',
      '  •',
      '    id: T-1',
      '    paid: true',
      'others:',
      '  —',
      'complete: false',
    ].join('\n'),
  );
});
