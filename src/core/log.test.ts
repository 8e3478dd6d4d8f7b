import { describe, expect, it } from 'vitest';
import { createLog, type Log, type LogOptions } from './log.ts';
import { SecretScrubber } from './secrets.ts';

const SECRET = 'tig/er"zeb\\ra';
const CARD = '8600495473316478';

function logTo(lines: string[], options: Partial<Pick<LogOptions, 'level' | 'format'>> = {}): Log {
  const secrets = new SecretScrubber();
  secrets.register(SECRET);
  secrets.register(CARD);
  return createLog({
    level: 'debug',
    format: 'json',
    destination: { write: (line) => lines.push(line) },
    scrub: (text) => secrets.scrub(text),
    now: () => Date.UTC(2026, 0, 2),
    ...options,
  });
}

function written(write: (log: Log) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(logTo(lines));
  expect(lines).toHaveLength(1);
  expect(lines[0]?.endsWith('\n')).toBe(true);
  return JSON.parse(lines[0]!) as Record<string, unknown>;
}

describe('a line', () => {
  it('is JSON with level, time, message and the data, and nothing about the process', () => {
    expect(written((log) => log.info({ orderId: 'A1', amountTiyin: 5 }, 'order paid'))).toEqual({
      level: 'info',
      time: '2026-01-02T00:00:00.000Z',
      orderId: 'A1',
      amountTiyin: 5,
      msg: 'order paid',
    });
  });

  it('below the level is not written', () => {
    const lines: string[] = [];
    const log = logTo(lines, { level: 'warn' });
    log.debug({}, 'a');
    log.info({}, 'b');
    log.warn({}, 'c');
    log.error({}, 'd');
    expect(lines).toHaveLength(2);
  });

  it('can be pretty', () => {
    const lines: string[] = [];
    logTo(lines, { format: 'pretty' }).warn({ orderId: 'A1', key: SECRET }, 'look here');
    expect(lines.join('')).toMatch(/WARN.*look here/);
    expect(lines.join('')).toMatch(/orderId.*A1/);
    expect(lines.join('')).not.toContain(SECRET);
  });

  it('survives what JSON does not', () => {
    const circle: Record<string, unknown> = { big: 2n ** 64n, none: undefined };
    circle.self = circle;
    const line = written((log) => log.info({ circle, at: new Date(0) }, 'odd'));
    expect(line).toMatchObject({
      circle: { big: '18446744073709551616' },
      at: '1970-01-01T00:00:00.000Z',
    });
    expect(JSON.stringify(line)).toContain('[deeper]');
  });

  it('is cut when somebody sends a novel', () => {
    const line = written((log) => log.info({ body: 'x'.repeat(100_000) }, 'novel'));
    expect(line.body).toMatch(/^x{8000}… \(100000 characters\)$/);
  });
});

describe('an error', () => {
  it('shows its name, message, stack, code and cause, and nothing else', () => {
    const cause = Object.assign(new TypeError('deep'), { code: 'ECONNRESET' });
    const error = Object.assign(new RangeError('outer', { cause }), { request: { headers: 'h' } });
    const line = written((log) => log.error({ err: error, nested: { error: cause } }, 'failed'));
    const inner = {
      name: 'TypeError',
      message: 'deep',
      stack: expect.stringContaining('deep'),
      code: 'ECONNRESET',
    };
    expect(line.err).toEqual({
      name: 'RangeError',
      message: 'outer',
      stack: expect.stringContaining('log.test.ts'),
      cause: inner,
    });
    expect(line.nested).toEqual({ error: inner });
  });

  it('shows all errors of an aggregate', () => {
    const error = new AggregateError([new Error('one'), new Error('two')], 'both');
    const line = written((log) => log.error({ err: error }, 'failed'));
    expect(line.err).toMatchObject({
      message: 'both',
      errors: [{ message: 'one' }, { message: 'two' }],
    });
  });
});

describe('a secret', () => {
  it.each<[string, object, string]>([
    ['the message', {}, `called with ${SECRET}`],
    ['a field', { url: `https://a?key=${encodeURIComponent(SECRET)}` }, 'm'],
    ['a deep field', { a: [{ b: `x${SECRET}x` }] }, 'm'],
    ["a field's name", { [SECRET]: 1 }, 'm'],
    ['a number', { card: Number(CARD) }, 'm'],
    ['an error', { err: new Error(`bad ${SECRET}`, { cause: SECRET }) }, 'm'],
    ['JSON inside a text', { body: JSON.stringify({ key: SECRET }) }, 'm'],
    [
      "PHP's JSON inside a text",
      { body: JSON.stringify({ key: SECRET }).replaceAll('/', '\\/') },
      'm',
    ],
  ])('does not reach the log in %s', (_, data, message) => {
    const lines: string[] = [];
    logTo(lines).error(data, message);
    const text = lines.join('');
    expect(text).toContain('[secret]');
    for (const part of ['tig', 'zeb', CARD]) expect(text).not.toContain(part);
    expect(JSON.parse(text)).toMatchObject({ level: 'error' });
  });
});
