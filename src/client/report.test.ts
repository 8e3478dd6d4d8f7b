import { describe, expect, it } from 'vitest';
import { readReport } from './report.ts';

describe('readReport', () => {
  it.each([
    ['{"status":"paid"}', { status: 'paid' }],
    [' [1]\n', [1]],
    ['null', null],
    ['"paid"', 'paid'],
    ['status=paid&order_code=ORDER123', { status: 'paid', order_code: 'ORDER123' }],
    [
      'paid_at=2024-01-20T15%3A25%3A30&amount=50+000\r\n',
      { paid_at: '2024-01-20T15:25:30', amount: '50 000' },
    ],
    ['a=1&a=2&b=', { a: '2', b: '' }],
  ])('reads %j', (body, report) => {
    expect(readReport(body)).toEqual(report);
  });

  it.each([
    '',
    'paid',
    'not json',
    '<a href="x=1">',
    '{"status"=paid}',
    '=1',
    'a = 1',
    'a=\0',
    '\0',
  ])('does not read %j', (body) => {
    expect(readReport(body)).toBeUndefined();
  });
});
