import { describe, expect, it } from 'vitest';
import {
  BILL_ACTIONS,
  CARD_ACTIONS,
  ORDER_ACTIONS,
  parseTap,
  PAY_ACTIONS,
  PAY_METHODS,
  PROVIDER_IDS,
  SAVED_ACTIONS,
  WATCH_ACTIONS,
  type Tap,
  tapData,
  WAYS,
} from './callbacks.ts';
import { LANGUAGES } from '../../core/language.ts';
import { MAX_TIYIN } from '../../core/money.ts';

/** Longer than any id the program makes. */
const topupId = 'X'.repeat(32);
const actionId = [2 ** 52 - 1, 2 ** 33, 2 ** 31].map((part) => part.toString(36)).join('-');
const userId = 2 ** 52 - 1;
const offset = 99_999_992;
const storyId = (2 ** 52 - 1).toString(36);
const arg = 'x'.repeat(14);

const LONGEST: Tap[] = [
  { kind: 'menu' },
  { kind: 'balance' },
  { kind: 'languages' },
  { kind: 'providers' },
  ...LANGUAGES.map((language): Tap => ({ kind: 'language', language })),
  ...WAYS.map((way): Tap => ({ kind: 'provider', way })),
  ...WAYS.map((way): Tap => ({ kind: 'sum', way, sumTiyin: MAX_TIYIN })),
  ...PROVIDER_IDS.flatMap((provider) =>
    PAY_METHODS.map((method): Tap => {
      return { kind: 'method', provider, sumTiyin: MAX_TIYIN, method };
    }),
  ),
  { kind: 'history', offset },
  { kind: 'statement_table', filter: 'all', offset },
  { kind: 'statement_files' },
  { kind: 'statement_file', span: 'quarter', format: 'xlsx' },
  { kind: 'topup_at', topupId, from: 'a999999' },
  { kind: 'bill_at', billId: topupId, from: 'b0' },
  { kind: 'topup_steps', topupId, from: '-' },
  { kind: 'bill_steps', billId: topupId, from: 'o8' },
  ...ORDER_ACTIONS.map((action): Tap => ({ kind: 'order', action, topupId })),
  { kind: 'desk', area: 'decide', action: 'confirm', arg: actionId },
  { kind: 'topup_for', sumTiyin: MAX_TIYIN },
  { kind: 'topup_pay', sumTiyin: MAX_TIYIN },
  { kind: 'auto_skip', key: 'f'.repeat(32), period: '2026-12' },
  ...WATCH_ACTIONS.map((action): Tap => {
    return { kind: 'watch', action, savedId: userId, arg: 'x'.repeat(16) };
  }),
  { kind: 'waiting', waitingId: 'w-'.padEnd(40, 'x') },
  { kind: 'ways', sumTiyin: MAX_TIYIN },
  { kind: 'ways', sumTiyin: null },
  { kind: 'pay' },
  { kind: 'pay_continue' },
  { kind: 'pay_phone', service: arg, digits: '998901234567' },
  { kind: 'bills', offset },
  { kind: 'saved_list', offset },
  { kind: 'cards' },
  { kind: 'card_link' },
  ...PAY_ACTIONS.map((action): Tap => ({ kind: 'pay_step', storyId, seq: 99_999, action, arg })),
  ...PAY_ACTIONS.map((action): Tap => ({ kind: 'pay_step', storyId, seq: 0, action, arg: '-' })),
  ...BILL_ACTIONS.map((action): Tap => ({ kind: 'bill', action, billId: topupId })),
  ...SAVED_ACTIONS.map((action): Tap => ({ kind: 'saved', action, savedId: userId })),
  ...CARD_ACTIONS.map((action): Tap => ({ kind: 'card', action, card: arg })),
];

describe('callback data', () => {
  it.each(LONGEST)('of $kind fits into 64 bytes and reads back', (tap) => {
    const data = tapData(tap);
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    expect(parseTap(data)).toEqual(tap);
  });

  it('refuses to be longer', () => {
    const long = 'X'.repeat(40);
    const step: Tap = { kind: 'pay_step', storyId: long, seq: 1, action: 'page', arg: long };
    expect(() => tapData(step)).toThrow(/64 bytes/);
  });

  it.each(['a b', 'A:B', ''])('refuses to carry what it could not read back: %j', (name) => {
    expect(() => tapData({ kind: 'topup_at', topupId: name, from: '-' })).toThrow(/pattern/);
    expect(() => tapData({ kind: 'topup_at', topupId, from: 'a-1' })).toThrow(/pattern/);
  });

  it.each([
    '',
    'nothing',
    'menu:1',
    'constructor',
    '__proto__',
    'language:fr',
    'provider:paypal',
    'sum:payfer:0',
    'sum:payfer:-5',
    'sum:payfer:1e3',
    'sum:payfer:007',
    'sum:payfer:99999999999999999999',
    'method:inpay:100:cash',
    'history:-1',
    'topup_at:ABC:x1',
    'topup_at:ABC:a01',
    'order:steal:ABC',
    'order:show:',
    'order:show:a b',
    'order:show:A:B',
  ])('that no button has is not understood: %j', (data) => {
    expect(parseTap(data)).toBeNull();
  });
});
