import { describe, expect, it } from 'vitest';
import { SecretScrubber } from '../core/secrets.ts';
import { failureWords, normaliseWords, safeDetail } from './words.ts';

describe('normaliseWords', () => {
  it.each([
    "To'landi",
    'Toʻlandi',
    'Toʼlandi',
    'To‘landi',
    'To’landi',
    'To`landi',
    ' TO´LANDI\n',
    '\u200bTo‘lan\u00addi',
  ])('makes one word of %s', (word) => {
    expect(normaliseWords(word)).toBe("to'landi");
  });
});

describe('failureWords', () => {
  it.each([
    [{ message: ' No ' }, 'No'],
    [{ detail: 'No' }, 'No'],
    [{ detail: ['a', 'b', 3] }, 'a; b'],
    [{ detail: [{ loc: ['body', 'amount'], msg: 'missing', input: 'x' }] }, 'body.amount: missing'],
    [{ error: { message: 'No' } }, 'No'],
    [{ message: '', error: 'No' }, 'No'],
    [{ message: 7 }, ''],
    [{}, ''],
  ])('finds the words of %j', (body, words) => {
    expect(failureWords(body)).toBe(words);
  });
});

describe('safeDetail', () => {
  const secrets = new SecretScrubber();
  secrets.register('my-secret-key');

  it('has at most 300 characters, and no half secret at its end', () => {
    const detail = safeDetail(`${'x'.repeat(290)}my-secret-key`, { secrets });
    expect(detail).toBe(`${'x'.repeat(290)}[secret]`);
    expect(safeDetail(`${'x'.repeat(295)}my-secret-key`, { secrets })).toHaveLength(300);
    expect(safeDetail(`${'x'.repeat(295)}my-secret-key`, { secrets })).not.toContain('my-');
  });

  it('takes out card and phone numbers, leaves sums and dates', () => {
    const text = 'karta 8600 1234 5678 9012, tel +998901234567, 50 000 so‘m, 2025-12-10 05:14:52';
    expect(safeDetail(text, { secrets })).toBe(
      'karta [number], tel [number], 50 000 so‘m, 2025-12-10 05:14:52',
    );
  });

  it('is one line without control characters', () => {
    expect(safeDetail('a\n\u001b[31mb\u202ec\u0000', { secrets })).toBe('a [31mb c');
  });
});
