import { describe, expect, it } from 'vitest';
import { placeOf } from './place.ts';

const at = (path: string): Request => new Request(`http://127.0.0.1:8080${path}`);

describe('placeOf', () => {
  it.each([
    ['/', '/'],
    ['/health', '/health'],
    ['/health/', '/health'],
    ['//webhooks/payfer//x/', '/webhooks/payfer/x'],
    ['/webhooks/payfer/x?a=//b/', '/webhooks/payfer/x'],
    ['/pay/webhooks/payfer/x', '/pay/webhooks/payfer/x'],
  ])('of %s is %s', (path, place) => {
    for (const publicUrl of [null, 'https://pay.example.com']) {
      expect(placeOf(at(path), publicUrl)).toBe(place);
    }
  });

  it.each([
    ['/bot/pay/webhooks/payfer/x', '/webhooks/payfer/x'],
    ['//bot/pay//health/', '/health'],
    ['/health', '/health'],
    ['/bot/payment/health', '/bot/payment/health'],
    ['/other/bot/pay/health', '/other/bot/pay/health'],
  ])('of %s is %s where PUBLIC_URL has a path', (path, place) => {
    expect(placeOf(at(path), 'https://pay.example.com/bot/pay')).toBe(place);
  });
});
