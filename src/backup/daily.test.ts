/** The backup of each day, whatever the machine's clock does meanwhile. */
import { expect, it } from 'vitest';
import { createLog } from '../core/log.ts';
import { createTestClock } from '../testing/clock.ts';
import { createDailyBackup } from './daily.ts';
import { makeBackup } from './make.ts';
import { setStage } from './backup-stage.fixture.ts';
import { DAY_MS } from '../core/calendar.ts';

it('says how long a copy took, also when the clock is set back while it is made', async () => {
  const stage = await setStage();
  const clock = createTestClock();
  const lines: string[] = [];
  const daily = createDailyBackup({
    databasePath: stage.file.path,
    config: { dir: stage.dir, keepDays: 7, ageRecipient: null, toOwners: false },
    runner: {
      async run(order) {
        const made = await makeBackup(order);
        await clock.advance(4000);
        clock.jump(-3 * DAY_MS);
        return made;
      },
      stop: async () => undefined,
    },
    clock,
    log: createLog({
      level: 'info',
      format: 'json',
      destination: { write: (line) => lines.push(line) },
      scrub: (text) => text,
    }),
    write: (work) => stage.file.db.tx(work),
    alarm: async () => undefined,
    send: async () => undefined,
  });
  await daily.run();
  expect(stage.copies()).toHaveLength(1);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { event: 'backup', tookMs: 4000 },
  ]);
});
