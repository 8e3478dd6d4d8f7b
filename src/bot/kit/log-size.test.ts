/** However much a story asks, and however people get through it: what is kept of it is what it knows. */
import { expect, it } from 'vitest';
import { patience } from '../../testing/patience.ts';
import { ALI, type BotStage, labels } from '../bot.fixture.ts';
import { sampleService, selectField } from '../samples.fixture.ts';
import { startPayStage } from '../pay.fixture.ts';
import { bytesOf, rowOf } from './rows.fixture.ts';

const SELECTS = 100;
const VALUES = 1000;
const LIMIT = 16 * 1024;

/** Wandered through in every way before it is answered: pages, a search, an answer taken back. */
async function answerSlowly(stage: BotStage, name: string): Promise<void> {
  await stage.tap('▶️');
  await stage.tap('▶️');
  await stage.say('MAHALLA 9');
  await stage.tap('▶️');
  await stage.say(`mahalla ${VALUES - 1}`);
  await stage.tap(`Маҳалла ${VALUES - 1}`);
  await stage.tap('Back');
  expect(stage.last().text).toContain(name);
  await stage.say('mahalla 998');
  await stage.tap('Маҳалла 998');
}

it(
  'a hundred selects with a thousand values leave less than 16 KB between two updates',
  { timeout: patience(120_000) },
  async () => {
    const { stage, bills } = await startPayStage();
    const titles = Array.from({ length: VALUES }, (_, value) => `Маҳалла ${value}`);
    const names = Array.from({ length: SELECTS }, (_, index) => `place_${index}`);
    const service = sampleService({ id: 'large', name: 'Chiqindi' });
    bills.add(
      service,
      names.map((name) => selectField(name, titles, { title: name })),
    );
    await stage.say('/pay');
    await stage.tap('Waste');
    let largest = 0;
    for (const [index, name] of names.entries()) {
      // One in ten is enough to show that what was done there does not stay.
      if (index % 10 === 0) await answerSlowly(stage, name);
      else await stage.tap('Маҳалла 7');
      largest = Math.max(largest, bytesOf(await rowOf(stage, ALI.id)));
    }
    await stage.tap('Another sum');
    await stage.say('5000');
    largest = Math.max(largest, bytesOf(await rowOf(stage, ALI.id)));
    expect(labels(stage.last())[0]).toContain('✅ Pay');
    expect(largest).toBeGreaterThan(SELECTS * 'place_'.length);
    expect(largest).toBeLessThan(LIMIT);
    await stage.tap('✅ Pay');
    expect(Object.keys(bills.confirmed[0]!.account)).toHaveLength(SELECTS);
  },
);
