/** The program changed while people were in the middle of a story: they hear so, and lose nothing that can be kept. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ALI, type BotStage, labels, OWNER } from '../bot.fixture.ts';
import { atConfirm, atSum, startPayStage } from '../pay.fixture.ts';
import { rowOf, writeRow } from './rows.fixture.ts';
import { versionOf } from './stories.ts';

/** What is kept of the chat was written by other sources. */
async function writtenByOthers(stage: BotStage, userId = ALI.id): Promise<void> {
  const row = (await rowOf(stage, userId))!;
  await writeRow(stage, { ...row, state: { ...(row.state as object), version: 'another' } });
}

const CHANGED = 'has just been updated';

describe('a story of other sources', () => {
  it('of a bill goes on from its account and sum, once the text that came is answered', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atConfirm(pay);
    await writtenByOthers(stage);
    const told = await stage.say('7777');
    expect(told.text).toContain(CHANGED);
    expect(labels(told)[0]).toBe('▶️ Continue');
    const { screen } = await stage.tap('▶️ Continue');
    expect(screen.text).toContain('Account number: 0012345');
    expect(screen.text).toContain('50\u00a0000');
    await stage.tap('✅ Pay');
    expect(bills.confirmed).toHaveLength(1);
  });

  it('of a bill is not gone on with by its own button, which may mean something else now', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atConfirm(pay);
    await writtenByOthers(stage);
    await stage.tap('✅ Pay');
    expect(stage.last().text).toContain(CHANGED);
    expect(bills.confirmed).toEqual([]);
  });

  it('of a bill that waits for its code asks for it again', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await bills.link(ALI.id, { cardId: 'card-6412', mask: '8600 **** **** 6412' });
    await atConfirm(pay, '6412');
    await stage.tap('✅ Pay');
    await writtenByOthers(stage);
    await stage.say('1234');
    expect(bills.codes).toEqual([]);
    await stage.tap('▶️ Continue');
    expect((await stage.say('1234')).text).toContain('The bill is paid');
  });

  it('of a top-up begins anew', async () => {
    const { stage } = await startPayStage();
    await stage.say('/topup');
    await stage.tap('Card transfer');
    await writtenByOthers(stage);
    const told = await stage.say('50 000');
    expect(told.text).toContain(CHANGED);
    expect((await stage.tap('▶️ Continue')).screen.text).toContain('Choose how to pay');
    expect(await stage.orders()).toHaveLength(0);
  });

  it('of a card begins anew', async () => {
    const { stage, bills } = await startPayStage();
    await stage.say('/cards');
    await stage.tap('Link a card');
    await stage.say('8600 4954 7331 6478');
    await writtenByOthers(stage);
    const { messageId: typed } = stage.telegram.sendText(ALI.id, '8600 4954 7331 6478');
    await stage.pump();
    expect(stage.last().text).toContain(CHANGED);
    expect(stage.telegram.message(ALI.id, typed)).toBeUndefined();
    expect(bills.links).toEqual([]);
    expect((await stage.tap('▶️ Continue')).screen.text).toContain('16 digits');
  });

  it('that waited for words has nothing to go on with', async () => {
    const { stage } = await startPayStage();
    await stage.meet(OWNER.id);
    await stage.say(`/user ${ALI.id}`, OWNER.id);
    await stage.tap('➕ Credit', OWNER.id);
    await writtenByOthers(stage, OWNER.id);
    const told = await stage.say('50 000', OWNER.id);
    expect(told.text).toContain(CHANGED);
    expect(labels(told)).toEqual(['🏠 Main menu']);
  });

  it('does not get in the way of a command, and is told of once', async () => {
    const pay = await startPayStage();
    const { stage } = pay;
    await atSum(pay);
    await writtenByOthers(stage);
    expect((await stage.say('/balance')).text).not.toContain(CHANGED);
    expect((await stage.say('7777')).text).toContain('Would you like to top up');
    expect(await stage.forge('pay_continue')).toBe('');
    expect(stage.last().text + (await stage.say('7777')).text).not.toContain(CHANGED);
  });

  it('is forgotten after an hour like any other', async () => {
    const pay = await startPayStage();
    await atSum(pay);
    await writtenByOthers(pay.stage);
    await pay.stage.clock.advance(61 * 60_000);
    expect((await pay.stage.say('7777')).text).toContain('Would you like to top up');
  });
});

describe('the version', () => {
  async function folders(): Promise<{ paths: string[]; version: () => string }> {
    const paths = [1, 2].map(() => mkdtemp(join(tmpdir(), 'tolov-version-')));
    const made = await Promise.all(paths);
    onTestFinished(async () => {
      for (const path of made) await rm(path, { recursive: true });
    });
    for (const path of made) await writeFile(join(path, 'story.ts'), 'one');
    const urls = made.map((path) => pathToFileURL(`${path}/`));
    return { paths: made, version: () => versionOf(urls) };
  }

  it('is another one when any source of any folder is, or one comes or goes', async () => {
    const { paths, version } = await folders();
    const versions = [version()];
    for (const path of paths) {
      await writeFile(join(path, 'story.ts'), 'two');
      versions.push(version());
      await writeFile(join(path, 'another-one.ts'), '');
      versions.push(version());
      await rm(join(path, 'another-one.ts'));
    }
    expect(new Set(versions).size).toBe(versions.length);
  });

  it('stays when tests and notes change', async () => {
    const { paths, version } = await folders();
    const before = version();
    for (const name of ['story.test.ts', 'told.fixture.ts', 'notes.md']) {
      await writeFile(join(paths[0]!, name), 'new');
    }
    expect(version()).toBe(before);
  });
});
