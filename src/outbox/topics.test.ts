import { beforeEach, expect, test } from 'vitest';
import { ALI, setStage, type Stage } from './outbox-stage.fixture.ts';
import { DAY_MS } from '../core/calendar.ts';
import { prunePlaces } from './places.ts';
import type { RenderMessage } from './sender.ts';

const GROUP = -1_001_000_000_001;

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});

/** Every message belongs into the topic that its text begins with. */
const render: RenderMessage = async (_kind, params) => {
  const text = 'reason' in params ? params.reason : '';
  const [subject = ''] = text.split(' ');
  return { method: 'send', text, topic: { subject, name: `About ${subject}` } };
};

const placed = () =>
  stage.telegram
    .messages(GROUP)
    .filter(({ text }) => !text.startsWith('About '))
    .map(({ text, topicId }) => [text, topics().get(topicId ?? 0) ?? null]);

const topics = () => stage.telegram.topics(GROUP) as Map<number, string>;

async function send(...texts: string[]): Promise<void> {
  const sender = stage.sender({ render });
  for (const text of texts) await stage.put(text, GROUP);
  await sender.flush();
}

test('a topic is made once for what belongs together, also after a restart', async () => {
  stage.telegram.group({ id: GROUP, title: 'Owners', isForum: true });
  await send('bills one', 'alarms one', 'bills two');
  await send('bills three');
  expect(placed()).toEqual([
    ['bills one', 'About bills'],
    ['alarms one', 'About alarms'],
    ['bills two', 'About bills'],
    ['bills three', 'About bills'],
  ]);
  expect(stage.telegram.calls('createForumTopic')).toHaveLength(2);
});

test('one that somebody removed is made anew, and no message is lost or sent without its form', async () => {
  stage.telegram.group({ id: GROUP, title: 'Owners', isForum: true });
  await send('bills one');
  topics().clear();
  await send('bills two');
  expect(placed().at(-1)).toEqual(['bills two', 'About bills']);
  expect(await stage.states()).toEqual(['sent', 'sent']);
  expect(stage.telegram.messages(GROUP).filter(({ text }) => text === 'bills two')).toHaveLength(1);
});

test('a group without topics is asked once in ten minutes, and has everything as ever', async () => {
  stage.telegram.group({ id: GROUP, title: 'Owners', isForum: false });
  const sender = stage.sender({ render });
  for (const text of ['bills one', 'bills two', 'alarms one']) await stage.put(text, GROUP);
  await sender.flush();
  expect(placed().map(([text]) => text)).toEqual(['bills one', 'bills two', 'alarms one']);
  expect(stage.telegram.calls('createForumTopic')).toHaveLength(1);
  stage.telegram.group({ id: GROUP, title: 'Owners', isForum: true });
  await stage.clock.advance(10 * 60_000);
  await stage.put('bills three', GROUP);
  await sender.flush();
  expect(placed().at(-1)).toEqual(['bills three', 'About bills']);
});

test('where Telegram is in trouble the message waits for its topic', async () => {
  stage.telegram.group({ id: GROUP, title: 'Owners', isForum: true });
  const trouble = { status: 502, description: 'Bad Gateway' };
  stage.telegram.fail({ method: 'createForumTopic', times: 1, with: trouble });
  const sender = stage.sender({ render });
  await stage.put('bills one', GROUP);
  await sender.flush();
  expect(placed()).toEqual([]);
  await stage.clock.advance(1000);
  await sender.flush();
  expect(placed()).toEqual([['bills one', 'About bills']]);
});

test('one that is used is known for longer than messages are; another one is forgotten', async () => {
  stage.telegram.group({ id: GROUP, title: 'Owners', isForum: true });
  await send('bills one', 'alarms one');
  for (const month of [1, 2, 3, 4, 5, 6, 7]) {
    await stage.clock.advance(30 * DAY_MS);
    await send(`bills ${month}`);
    await prunePlaces(stage.file.db, stage.clock.now());
  }
  await send('bills again', 'alarms two');
  const names = stage.telegram.calls('createForumTopic').map(({ body }) => body['name']);
  expect(names).toEqual(['About bills', 'About alarms', 'About alarms']);
});

test('people have no topics', async () => {
  const sender = stage.sender({ render });
  await stage.put('bills one');
  await sender.flush();
  expect(stage.texts(ALI.id)).toEqual(['bills one']);
  expect(stage.telegram.calls('createForumTopic')).toEqual([]);
});
