import { Api } from 'grammy';
import { describe, expect, it } from 'vitest';
import { ALI, startStage } from '../../../sandbox/telegram/fake-telegram.fixture.ts';
import type { Fault } from '../../../sandbox/telegram/faults.ts';
import type { SimulatedTelegram } from '../../../sandbox/telegram/simulated-telegram.ts';
import { waitFor } from '../../../sandbox/telegram/wait-for.ts';
import { realDeps } from '../../core/deps.ts';
import { createTelegramFetch } from '../../core/telegram-fetch.ts';
import { createTelegramNovelties } from '../../core/telegram-novelties.ts';
import { createTestClock } from '../../testing/clock.ts';
import type { BotContext } from './context.ts';
import { beginStages, type Stages } from './stages.ts';

async function stage() {
  const { telegram } = await startStage();
  const clock = createTestClock();
  const novelties = createTelegramNovelties();
  const fetch = createTelegramFetch({ fetch: realDeps().fetch, clock, novelties });
  const api = new Api(telegram.token, { apiRoot: telegram.url, fetch });
  const begin = (updateId: number): Stages => {
    const ctx = { chatId: ALI.id, update: { update_id: updateId }, api };
    return beginStages(ctx as unknown as BotContext, { novelties, clock });
  };
  const written = () => telegram.calls('sendMessageDraft');
  const shown = async (words: string): Promise<void> => {
    const isShown = () => telegram.draft(ALI.id)?.text === words;
    await waitFor(telegram, isShown, { timeoutMs: 20_000, what: words });
  };
  return { telegram, begin, written, shown, clock };
}

describe('the stages of a payment', () => {
  it('take each other’s place in one draft, without what was overtaken on the way', async () => {
    const { begin, written, shown } = await stage();
    const stages = begin(7);
    stages.show('held');
    await shown('held');
    stages.show('asked');
    stages.show('paying');
    await shown('paying');
    expect(written().map(({ body }) => [body['draft_id'], body['text']])).toEqual([
      [7, 'held'],
      [7, 'paying'],
    ]);
  });

  it('are shown no more once a message says how it ended', async () => {
    const { begin, telegram, clock } = await stage();
    const stages = begin(7);
    stages.end();
    stages.show('paying');
    await clock.settle();
    expect(telegram.calls('sendMessageDraft')).toEqual([]);
  });

  function spoiled(fault: Fault['with']) {
    return (telegram: SimulatedTelegram): void => {
      telegram.fail({ method: 'sendMessageDraft', times: 9, with: fault });
    };
  }

  it.each<[string, (telegram: SimulatedTelegram) => void]>([
    ['refused', spoiled({ status: 429, description: 'Too Many Requests', retryAfter: 30 })],
    ['lost', spoiled('drop-before')],
    ['not answered in time', spoiled({ delayMs: 600_000 })],
    ['not known to the server', (telegram) => telegram.setOld(true)],
  ])('are given up for this payment where the first is %s', async (_, spoil) => {
    const { telegram, begin, written, clock } = await stage();
    spoil(telegram);
    const stages = begin(7);
    stages.show('held');
    await clock.until(() => written().length === 1);
    stages.show('paying');
    await clock.until(() => clock.sleeping() === 0);
    expect(written()).toHaveLength(1);
  });

  it('are tried again with the next payment, but never at a server that does not know them', async () => {
    const { telegram, begin, written, clock, shown } = await stage();
    telegram.fail({ method: 'sendMessageDraft', times: 1, with: 'drop-before' });
    begin(7).show('held');
    await clock.until(() => written().length === 1 && clock.sleeping() === 0);
    begin(8).show('held');
    await shown('held');
    telegram.setOld(true);
    begin(9).show('held');
    await clock.until(() => written().length === 3 && clock.sleeping() === 0);
    begin(10).show('held');
    await clock.settle();
    expect(written()).toHaveLength(3);
  });
});
