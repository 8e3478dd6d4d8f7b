/**
 * Three real processes on one PostgreSQL behind a proxy: processes are killed and the database crashes while people
 * pay. Nothing is lost, nothing doubled.
 */
import { expect, it, onTestFinished } from 'vitest';
import { realRandom } from '../src/core/deps.ts';
import { Fleet } from './fleet.ts';
import { killCount, TIME_LIMIT_MS } from './process.ts';

const KILLS = killCount(4);

it.each([
  ['by webhook', true],
  ['by long polling', false],
])(
  'three processes, updates %s: every payment is credited once and told, whatever dies',
  { timeout: TIME_LIMIT_MS },
  async (_, telegramWebhook) => {
    const thinkMs = (): number => 250;
    const options = { processes: 3, people: 6, telegramWebhook, random: realRandom, thinkMs };
    const fleet = await Fleet.start(options);
    onTestFinished(() => fleet.remove());
    for (let kill = 0; kill < KILLS; kill += 1) {
      await fleet.play(1000, () => fleet.killOne());
      if (kill === Math.floor(KILLS / 2)) await fleet.play(1000, () => fleet.crashDatabase());
    }
    await fleet.play(1000);
    await fleet.playUntilPaid();
    const { payments, paidTiyin, screensMs, ...outcome } = await fleet.outcome();
    expect(payments).toBeGreaterThan(0);
    expect(outcome).toEqual({ creditedTiyin: paidTiyin, untold: 0, toldTooOften: 0, findings: [] });
    expect(screensMs.length).toBeGreaterThan(0);
  },
);
