import { describe, expect, it } from 'vitest';
import { patience } from '../src/testing/patience.ts';
import { monthsAreKept } from './months-checks.ts';
import { run } from './run.ts';
import { FORMER_FAILURES } from './seeds.ts';
import type { Stage } from './stage.ts';
import { ALL, readUnkind } from './unkind.ts';

/** The machine may be busy; nothing is asserted about time. */
const PATIENCE_MS = patience(240_000);

const SHORT = { days: 0.12, users: 3 };
/** Until the day after the first that may be chosen. */
const SOME_DAYS = { days: 6, users: 3, byMonths: true };

describe('the whole program under simulated time and faults', { timeout: PATIENCE_MS }, () => {
  it.each([101, 102])('seed %i ends with everything accounted for', async (seed) => {
    const { violations, story, figures } = await run({ seed, ...SHORT });
    expect({ violations, story }).toEqual({ violations: [], story: [] });
    expect(figures.exchanges).toBeGreaterThan(50);
  });

  it('goes the same way twice for one seed, and another way for another one', async () => {
    const first = await run({ seed: 103, ...SHORT });
    const again = await run({ seed: 103, ...SHORT });
    const other = await run({ seed: 104, ...SHORT });
    expect(again.hash).toBe(first.hash);
    expect(other.hash).not.toBe(first.hash);
  });

  it('goes the same way twice with everything unkind', async () => {
    const options = { seed: 3, days: 0.06, users: 3, unkind: ALL, tell: 'speaks so' };
    const first = await run(options);
    const again = await run(options);
    expect(first.story.join('\n')).toContain('speaks so');
    expect(again.hash).toBe(first.hash);
  });

  it.each(FORMER_FAILURES)('does not fail again: $found', async (options) => {
    const { violations, story } = await run(options);
    expect({ violations, story }).toEqual({ violations: [], story: [] });
  });

  it('by months, bills pay themselves as their payers agreed to, or it would say so', async () => {
    // A change of the simulation may leave a seed without any such bill.
    for (const seed of [1, 2, 3]) {
      let unagreed: string[] = [];
      const meddle = (stage: Stage): void => {
        const agreed = [...stage.truth.caps];
        stage.truth.caps.clear();
        unagreed = monthsAreKept(stage).map(({ what }) => what);
        for (const [id, cap] of agreed) stage.truth.caps.set(id, cap);
      };
      const { violations, story, figures } = await run({ seed, ...SOME_DAYS, meddle });
      expect({ violations, story }).toEqual({ violations: [], story: [] });
      if (figures.paidThemselves === 0) continue;
      expect(unagreed.filter((what) => what.endsWith('agreed to was 0'))).not.toEqual([]);
      return;
    }
    throw new Error('choose a seed with a bill that paid itself');
  });

  it('takes its unkindness by name', () => {
    expect(readUnkind('none')).toEqual([]);
    expect(readUnkind('all')).toEqual(ALL);
    expect(readUnkind('lag,one_card')).toEqual(['lag', 'one_card']);
    expect(() => readUnkind('lag,rain')).toThrow('not rain');
  });

  it('would say so if a payment were forgotten, and tell its story', async () => {
    // A change of the simulation may leave a seed without an order that nobody paid.
    for (const seed of [118, 119, 120, 121]) {
      let isPaid = false;
      const meddle = (stage: Stage): void => {
        isPaid = payUnseen(stage);
      };
      const { violations, story } = await run({ seed, ...SHORT, meddle });
      if (!isPaid) continue;
      const whats = violations.map(({ what }) => what).join('\n');
      expect(whats).toMatch(/was paid, order \w+ is expired/);
      expect(story.length).toBeGreaterThan(3);
      return;
    }
    throw new Error('choose a seed with an order that nobody paid');
  });

  it('would say so if somebody had not got what was written to everybody', async () => {
    // A change of the simulation may leave a seed without any such message.
    for (const seed of [101, 105, 108, 109]) {
      let lost: string | null = null;
      const meddle = (stage: Stage): void => {
        lost = loseTheNews(stage);
      };
      const { violations } = await run({ seed, ...SHORT, meddle });
      if (lost === null) continue;
      expect(violations.map(({ what }) => what)).toContain(`${String(lost)} missed 501`);
      return;
    }
    throw new Error('choose a seed with a message to everybody');
  });
});

/** As if a message to everybody had never reached one person: which; null where there was none. */
function loseTheNews({ chats: { said } }: Stage): string | null {
  const lost = said.find(({ chatId, text }) => chatId === 501 && /^news-\d+-$/.test(text))?.text;
  // Where Telegram took it and the answer was lost, it came twice.
  const kept = said.filter(({ chatId, text }) => chatId !== 501 || text !== lost);
  if (lost !== undefined) said.splice(0, said.length, ...kept);
  return lost ?? null;
}

/** Somebody pays after the program has stopped looking; false where nobody could. */
function payUnseen({ books, truth, world }: Stage): boolean {
  for (const { provider, provider_order: id, state } of books.orders()) {
    const order = state === 'expired' ? truth.order(`${provider}/${id}`) : undefined;
    if (!order || order.state === 'paid' || order.takenBackAt !== undefined) continue;
    world.providers.provider(order.provider).pay(order.id);
    return true;
  }
  return false;
}
