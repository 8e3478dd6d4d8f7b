import { expect, test } from 'vitest';
import { LANGUAGES } from '../../core/language.ts';
import { loadTexts } from '../locales/texts.ts';
import { sampleBill } from '../samples.fixture.ts';
import { billFailedNews, billRefundedNews, billScreen } from './bill-screens.ts';

test.each(LANGUAGES)('the news of a bill’s end is no second copy of its screen: %s', (language) => {
  const t = loadTexts()(language);
  for (const [state, news] of [
    ['failed', billFailedNews],
    ['refunded', billRefundedNews],
  ] as const) {
    const bill = sampleBill({ state, reason: state === 'failed' ? 'no_answer' : null });
    const { text } = news(t, bill);
    expect(text).toContain(bill.id);
    expect(text.split('\n').length).toBeLessThanOrEqual(3);
    expect(billScreen(t, bill).text).not.toBe(text);
  }
});
