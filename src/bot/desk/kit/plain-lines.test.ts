import { expect, it } from 'vitest';
import { plainLines } from './plain-lines.ts';

it('writes data as names and values', () => {
  const data = {
    status: { kind: 'problem', code: 'timeout', detail: '' },
    checks: 12,
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
