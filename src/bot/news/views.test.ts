import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../core/language.ts';
import type { TopupState } from '../../topups/states.ts';
import { waysOf } from '../../topups/ways.ts';
import { NOW, sampleOffer, sampleTopup } from '../samples.fixture.ts';
import { loadTexts } from '../locales/texts.ts';
import {
  clip,
  deadline,
  dateTime,
  escapeHtml,
  groupedCard,
  money,
  personName,
} from '../kit/format.ts';
import { cancelQuestion, orderScreen } from '../topup/order-screen.ts';
import { linkButton, type Screen } from '../kit/screen.ts';
import { sumScreen } from '../topup/screens.ts';

const texts = loadTexts();
const t = texts('en');

const OVER: TopupState[] = ['paid', 'expired', 'cancelled', 'failed', 'review', 'refused'];

function labels(screen: Screen): string[] {
  return screen.keyboard?.inline_keyboard.flat().map(({ text }) => text) ?? [];
}

describe('formats', () => {
  it('write sums with the currency of the language', () => {
    const written = LANGUAGES.map((language) => money(texts(language), 5_000_150));
    expect(written).toEqual([
      '50\u00a0001,50\u00a0soʻm',
      '50\u00a0001,50\u00a0сўм',
      '50\u00a0001,50\u00a0сум',
      "50\u00a0001,50\u00a0so'm",
    ]);
  });

  it('write times of Tashkent', () => {
    const newYear = Date.UTC(2025, 11, 31, 19, 0);
    expect(dateTime(newYear)).toBe('01.01.2026 00:00');
    expect(deadline(newYear + 300_000, newYear)).toBe('00:05');
    expect(deadline(newYear, newYear - 60_000)).toBe('01.01.2026 00:00');
  });

  it('group cards by four', () => {
    expect(groupedCard('8600495473316478')).toBe('8600 4954 7331 6478');
  });

  it('make foreign text harmless and short', () => {
    expect(escapeHtml('<a href="x">&</a>')).toBe('&lt;a href="x"&gt;&amp;&lt;/a&gt;');
    expect(clip('👍👍👍', 2)).toBe('👍…');
    expect(clip('👍👍', 2)).toBe('👍👍');
    const person = { firstName: '<b>', lastName: '', username: null };
    expect(personName(person)).toBe('&lt;b&gt;');
    expect(personName({ ...person, firstName: '', username: 'name' })).toBe('@name');
    expect(personName({ ...person, firstName: '' })).toBe('—');
    // Marks that turn the line around, and letters that nobody sees.
    expect(personName({ ...person, firstName: '\u202eila\u200b\u2066 \u3164' })).toBe('ila');
    expect(personName({ ...person, firstName: '\u200b\u2800' })).toBe('—');
  });

  it('drop links that Telegram would refuse', () => {
    expect(linkButton('Pay', 'https://pay.example/1')).toEqual({
      text: 'Pay',
      url: 'https://pay.example/1',
    });
    for (const url of [null, '', 'javascript:alert(1)', 'pay.example', 'https://', 'http://a b']) {
      expect(linkButton('Pay', url)).toBeNull();
    }
  });
});

describe('the order screen', () => {
  it('offers actions while the order waits', () => {
    expect(labels(orderScreen(t, sampleTopup()))).toEqual([
      '📋 Copy the sum',
      '📋 Copy the card',
      '✅ Check payment',
      '❌ Cancel',
      '🔁 Another method',
      '🧭 Where is the money?',
      '🏠 Main menu',
    ]);
  });

  it.each(OVER)(
    'offers none when it is %s, but a receipt, or once more what came to nothing',
    (state) => {
      const receipt = state === 'paid' ? ['🧾 Receipt'] : [];
      const again = ['expired', 'cancelled', 'failed'].includes(state)
        ? ["🔁 Once more: 50\u00a0000\u00a0so'm"]
        : [];
      const shown = orderScreen(t, sampleTopup({ state, endedAt: NOW }));
      const help = state === 'paid' ? [] : ['💬 Help'];
      const steps = '🧭 Where is the money?';
      const own = [...receipt, ...again];
      // The money of one under review has not found its place: that is told where it stands.
      const shownFirst = state === 'review' ? [steps, ...own] : [...own, steps];
      expect(labels(shown)).toEqual([...shownFirst, ...help, '🏠 Main menu']);
    },
  );

  it('says why an order never came to be, in the words for users', () => {
    const failed = sampleTopup({ state: 'failed', reason: 'maintenance' });
    expect(orderScreen(t, failed).text).toContain('under maintenance');
    const interrupted = sampleTopup({ state: 'failed', reason: 'interrupted' });
    expect(orderScreen(t, interrupted).text).toContain('did not go through');
  });

  it('says what was added to the sum, and that it is no fee', () => {
    const odd = orderScreen(t, sampleTopup({ baseTiyin: 5_000_000, amountTiyin: 5_000_150 }));
    expect(odd.text).toContain("1,50\u00a0so'm was added so that we recognise your payment");
    const even = orderScreen(t, sampleTopup({ baseTiyin: 5_000_000, amountTiyin: 5_000_000 }));
    expect(even.text).not.toContain('was added');
  });

  it('warns about other sums only where the sum is what identifies the payer', () => {
    const page = sampleTopup({
      provider: 'inpay',
      cardNumber: null,
      cardHolder: null,
      amountTiyin: 5_000_000,
      payUrl: 'https://pay.example/1',
    });
    expect(orderScreen(t, page).text).not.toContain('exactly');
    expect(labels(orderScreen(t, page))).toEqual([
      '💳 Pay',
      '✅ Check payment',
      '❌ Cancel',
      '🔁 Another method',
      '🧭 Where is the money?',
      '🏠 Main menu',
    ]);
    const tail = { ...page, provider: 'rasmiypay' as const, amountTiyin: 5_000_700 };
    expect(orderScreen(t, tail).text).toContain('exactly');
    expect(labels(orderScreen(t, tail))).toContain('📋 Copy the sum');
  });

  it('shows both sums when another one came', () => {
    const text = orderScreen(t, sampleTopup({ state: 'review', paidTiyin: 4_000_000 })).text;
    expect(text).toContain('50\u00a0001,50');
    expect(text).toContain('Received: <b>40\u00a0000');
  });

  it('shows what was paid on the receipt, once', () => {
    const text = orderScreen(t, sampleTopup({ state: 'paid', paidTiyin: 5_000_150 })).text;
    expect(text.match(/50\u00a0001,50/g)).toHaveLength(1);
    expect(text).toContain('05.01.2026 12:00');
  });

  it('can be refreshed while it is being prepared', () => {
    expect(labels(orderScreen(t, sampleTopup({ state: 'creating' })))).toEqual([
      '🔄 Refresh',
      '🧭 Where is the money?',
      '🏠 Main menu',
    ]);
  });

  it('never shows our secret code', () => {
    const topup = sampleTopup({ orderCode: 'SECRETCODE' });
    for (const screen of [orderScreen(t, topup), cancelQuestion(t, topup)]) {
      expect(JSON.stringify(screen)).not.toContain('SECRETCODE');
    }
  });
});

describe('the sum screen', () => {
  it('offers only quick sums within the limits', () => {
    const offer = sampleOffer('payfer', { minTiyin: 2_000_000, maxTiyin: 5_000_000 });
    const [way] = waysOf([offer], ['payfer']).few;
    const presetsTiyin = [1_000_000, 2_000_000, 5_000_000, 5_000_100];
    expect(labels(sumScreen(t, { way: way!, presetsTiyin }))).toEqual([
      "20\u00a0000\u00a0so'm",
      "50\u00a0000\u00a0so'm",
      '⬅️ Back',
      '🏠 Main menu',
    ]);
  });
});
