import { describe, expect, it } from 'vitest';
import { SecretScrubber } from './secrets.ts';

function scrubberOf(...values: string[]): SecretScrubber {
  const scrubber = new SecretScrubber();
  for (const value of values) scrubber.register(value);
  return scrubber;
}

describe('SecretScrubber', () => {
  const secret = 'a b/c+d=&"é\\ʻ';

  it.each([
    ['as it is', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['URL-encoded in lower case', encodeURIComponent(secret).toLowerCase()],
    ['as a form field', new URLSearchParams({ k: secret }).toString().slice(2)],
    ['in JSON', JSON.stringify({ k: secret })],
    ['in PHP’s JSON', '{"k":"a b\\/c+d=&\\"\\u00e9\\\\\\u02bb"}'],
  ])('replaces a secret %s', (_form, text) => {
    const clean = scrubberOf(secret).scrub(`before ${text} after`);
    expect(clean).toMatch(/^before .*\[secret\].* after$/);
    expect(clean).not.toMatch(/c(\+|%2b)d/i);
  });

  it('replaces every occurrence of every secret, the longest first', () => {
    const scrubber = scrubberOf('abcd', 'abcdefgh', 'x.y*');
    expect(scrubber.scrub('abcd abcdefgh xzyy x.y* abcd')).toBe(
      '[secret] [secret] xzyy [secret] [secret]',
    );
  });

  it('ignores values that are too short to be secrets', () => {
    expect(scrubberOf('abc', '').scrub('abc abcd')).toBe('abc abcd');
  });

  it('takes out the secrets of one text', () => {
    const scrubber = scrubberOf('lasting');
    expect(scrubber.scrub('lasting ORDER1 a', ['ORDER1', 'a'])).toBe('[secret] [secret] a');
    expect(scrubber.scrub('ORDER1')).toBe('ORDER1');
  });

  it('forgets the oldest temporary secrets, never the lasting ones', () => {
    const scrubber = scrubberOf('lasting');
    for (let i = 0; i < 150; i += 1) scrubber.register(`token-${i};`, { temporary: true });
    scrubber.register('lasting', { temporary: true });
    expect(scrubber.scrub('token-149; token-50; lasting')).toBe('[secret] [secret] [secret]');
    expect(scrubber.scrub('token-49;')).toBe('token-49;');
  });

  it('knows a secret registered after the first use', () => {
    const scrubber = scrubberOf('first');
    scrubber.scrub('first');
    scrubber.register('second');
    expect(scrubber.scrub('first second')).toBe('[secret] [secret]');
  });
});
