import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanTyped } from './typed-text.ts';

describe('typed text', () => {
  it.each([
    ['zero width space', '50\u200b000', '50000'],
    ['left-to-right mark', '\u200e@name\u200e', '@name'],
    ['right-to-left override', '\u202e50 000\u202c', '50 000'],
    ['soft hyphen', 'AB\u00adCD', 'ABCD'],
    ['byte order mark', '\ufeff50000', '50000'],
    ['word joiner', '50\u2060000', '50000'],
    ['isolates', '\u2066998901234567\u2069', '998901234567'],
    ['filler', '5\u31640\u115f0', '500'],
    ['variation selector of no emoji', '5\ufe0f0', '50'],
    ['no-break blanks', '50\u00a0000\u202f000\u2009000', '50 000 000 000'],
    ['dashes', '1\u20102\u20113\u20124\u20135\u20146\u20157\u22128\uff0d9', '1-2-3-4-5-6-7-8-9'],
    ['Arabic digits', '٥٠٠٠٠', '50000'],
    ['Persian digits', '۱۲۳۴۵۶۷۸۹۰', '1234567890'],
    ['full-width signs', '＋９９８（９０）', '+998(90)'],
    ['mathematical digits', '\u{1d7d7}\u{1d7d8}\u{1d7e1}', '909'],
  ])('is freed of: %s', (_, typed, clean) => {
    expect(cleanTyped(typed)).toBe(clean);
  });

  it.each([
    "O'zbekcha soʻm, ўзбекча сўм, № 5",
    '👨‍👩‍👧 oila',
    '❤️‍🔥',
    '👩🏽‍🚀 parvoz',
    'two\nlines',
    '50² ½',
    '',
  ])('is left alone where nothing is odd: %j', (text) => {
    expect(cleanTyped(text)).toBe(text);
  });

  it('is clean after once, and has nothing invisible but what holds emoji together', () => {
    const odd = fc.constantFrom(
      '\u200b',
      '\u200d',
      '\u202e',
      '\ufe0f',
      '\u00ad',
      '👩',
      '🏽',
      '5',
      '٥',
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: odd })), (text) => {
        const clean = cleanTyped(text);
        expect(cleanTyped(clean)).toBe(clean);
        expect(clean.replaceAll(/\u200d|\ufe0f/g, '')).not.toMatch(/\p{Cf}|(?!\d)\p{Nd}/u);
      }),
    );
  });
});

describe('the bot', () => {
  /** Words that are passed on as they were typed; and whether there are any at all. */
  const AS_TYPED = ['bot.ts', 'desk/people/people-message.ts', 'kit/talk.ts'];

  it('reads what was typed in no other way', () => {
    const folder = new URL('../bot/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
      return name.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(name);
    });
    const reading = files.filter((name) => {
      return /(?:ctx|typed)\.message\??\.text\b|ctx\.match\.trim/.test(
        readFileSync(new URL(name, folder), 'utf8'),
      );
    });
    expect(reading.toSorted()).toEqual(AS_TYPED);
  });
});
