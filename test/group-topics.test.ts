/** What the owners' group is told, each in the topic of its kind, over the simulated Telegram. */
import { afterEach, expect, it } from 'vitest';
import { som } from '../src/core/money.ts';
import { patience } from '../src/testing/patience.ts';
import type { MessageView } from '../sandbox/telegram/types.ts';
import { waitFor } from '../sandbox/telegram/wait-for.ts';
import { runResolver, toPayment } from './electricity.ts';
import {
  begin,
  findings,
  openOrder,
  OWNER,
  type Person,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

const GROUP = -1_001_234_567_890;

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

/** In which topic the group read it. */
async function topicOf(expected: string): Promise<string | undefined> {
  await stage.app.outbox.flush();
  const { telegram } = stage;
  const says = ({ from, text }: MessageView): boolean =>
    from === 'bot' && (text ?? '').includes(expected);
  const found = () => telegram.messages(GROUP).findLast(says);
  const timeoutMs = patience(20_000);
  const message = await waitFor(telegram, found, { timeoutMs, what: `${expected} in the group` });
  return telegram.topics(GROUP).get(message.topicId ?? 0);
}

async function unclearBill(person: Person): Promise<void> {
  await toPayment(person, 'check and confirm');
  stage.paylov.fault({ kind: 'drop_before', method: 'pay', times: 1 });
  await person.tap(/Pay 50 000/, /not given a clear answer/);
  await runResolver(stage);
}

it('has a topic for reviews, one for unclear bills and one for alarms', async () => {
  const settings = { ADMIN_CHAT_ID: String(GROUP), DEFAULT_LANGUAGE: 'en' };
  stage = await startStage({ settings });
  stage.telegram.group({ id: GROUP, title: 'Owners', isForum: true });
  const owner = await begin(stage, OWNER);
  const person = await begin(stage);

  const order = await openOrder(stage, person, { provider: 'payfer' });
  stage.world.provider('payfer').pay(order.id, { amountTiyin: som(45_000) });
  await person.sees('while');
  expect(await topicOf('Another sum arrived')).toBe('🔎 Reviews');

  await owner.send(`/credit ${USER} 200000 for tests`, 'Do you confirm');
  await owner.tap('Confirm', 'Done');
  await person.sees('for tests');
  await unclearBill(person);
  expect(await topicOf('needs your decision')).toBe('🧾 Bills');
  expect(await topicOf('the last time: not paid so far')).toBe('🧾 Bills');

  stage.paylov.fault({ kind: 'drop_before', method: 'transactions', times: 9 });
  stage.clock.skip(24 * 3_600_000);
  await stage.app.jobs.get('bills-reconcile')?.run();
  expect(await topicOf('Paylov gave no list of payments')).toBe('🚨 Alarms');
  await stage.app.jobs.get('bills-reconcile')?.run();
  await stage.app.outbox.flush();
  const told = stage.telegram.messages(GROUP).map(({ text }) => text ?? '');
  expect(told.filter((text) => text.includes('gave no list'))).toHaveLength(1);
  expect(told.join()).not.toContain('error in the program');
});
