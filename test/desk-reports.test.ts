/** Charts and spreadsheets, end to end: drawn and written by processes of their own beside the whole program. */
import { readdirSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import readExcelFile from 'read-excel-file/node';
import { afterEach, expect, it } from 'vitest';
import { staffLog } from '../src/db/tables.ts';
import { figuresOf } from '../src/ledger/figures.ts';
import { tashkentPeriod } from '../src/core/calendar.ts';
import { patience } from '../src/testing/patience.ts';
import { readImageSize } from '../sandbox/telegram/image-size.ts';
import type { MessageView } from '../sandbox/telegram/types.ts';
import { waitFor } from '../sandbox/telegram/wait-for.ts';
import {
  begin,
  configOf,
  openOrder,
  OWNER,
  type Person,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

const VIEWER = 903;

let stage: Stage;
afterEach(async () => await stage.close());

async function people(): Promise<Record<'owner' | 'viewer' | 'user', Person>> {
  stage = await startStage({ settings: { ADMIN_VIEWER_IDS: String(VIEWER) } });
  stage.telegram.user({ id: VIEWER, firstName: 'Viewer', languageCode: 'en' });
  return {
    owner: await begin(stage, OWNER),
    viewer: await begin(stage, VIEWER),
    user: await begin(stage),
  };
}

async function pay(user: Person): Promise<void> {
  const order = await openOrder(stage, user, { provider: 'payfer' });
  stage.world.provider('payfer').pay(order.id);
  await user.sees('is on your balance!');
}

const filesOf = (userId: number, kind: 'photo' | 'document'): MessageView[] =>
  stage.telegram.messages(userId).filter(({ file }) => file?.kind === kind);

async function seesFile(
  userId: number,
  kind: 'photo' | 'document',
  words = '',
): Promise<MessageView> {
  const find = (): MessageView | undefined =>
    filesOf(userId, kind).findLast(({ caption }) =>
      caption.replaceAll('\u00a0', ' ').includes(words),
    );
  const options = { timeoutMs: patience(20_000), what: `${kind} "${words}"` };
  return await waitFor(stage.telegram, find, options).catch((error: unknown) => {
    const ends = stage.telegram.messages(userId).slice(-2);
    throw new Error(ends.map(({ text, caption }) => text + caption).join(' ¦ '), { cause: error });
  });
}

function bytesOf({ file }: MessageView): Buffer {
  return Buffer.from(stage.telegram.file(file?.fileId ?? '') ?? []);
}

const tapped = (userId: number, { messageId }: MessageView, text: string): Promise<unknown> =>
  stage.telegram.tap(userId, messageId, { text }).answer;

it('an owner and a viewer see the charts and change them in place', async () => {
  const { owner, viewer, user } = await people();
  await pay(user);
  for (const { id } of [owner, viewer]) {
    stage.telegram.sendText(id, '/stats');
    const photo = await seesFile(id, 'photo', 'Came in: 50 ');
    expect(readImageSize(bytesOf(photo))).toMatchObject({ width: 1080 });
    await Promise.all([tapped(id, photo, '30 days'), tapped(id, photo, '30 days')]);
    const month = await seesFile(id, 'photo', '30 days');
    expect(month.messageId).toBe(photo.messageId);
    expect(filesOf(id, 'photo')).toHaveLength(1);
  }
});

it('an owner gets one spreadsheet for two taps; it adds up with the books and leaves nothing behind', async () => {
  const { owner, user } = await people();
  await pay(user);
  await owner.send('/export', 'For which time?');
  const menu = owner.messageWith('This month');
  await Promise.all([tapped(OWNER, menu, 'This month'), tapped(OWNER, menu, 'This month')]);
  await owner.sees('The file is ready');
  const sent = await seesFile(OWNER, 'document', 'It holds personal data');
  const [orders, , entries] = await readExcelFile(bytesOf(sent));
  const { inTiyin } = await figuresOf(stage.app.db.read, tashkentPeriod(stage.clock.now()));
  const paid = orders?.data[0]?.indexOf("Paid, so'm") ?? -1;
  expect(Math.round(Number(orders?.data.at(-1)?.[paid]) * 100)).toBe(inTiyin);
  expect(entries?.data.flat()).toContain(`user:${USER}:available`);
  expect(JSON.stringify(orders?.data)).not.toMatch(/8600|9860/);
  const { database } = configOf(stage.environment);
  // Beside a server it is a temporary folder of the process, whose name nobody is told.
  const left = database.engine === 'sqlite' ? readdirSync(`${database.path}-reports`) : [];
  expect(left).toEqual([]);
  const logged = await stage.app.db.read
    .select()
    .from(staffLog)
    .where(eq(staffLog.action, 'export'));
  expect(logged).toMatchObject([{ staffId: OWNER }]);
  await stage.restart();
  await stage.app.jobs.get('desk')?.run();
  await owner.send('/export', 'For which time?');
  expect(filesOf(OWNER, 'document')).toHaveLength(1);
});

it('viewers get no spreadsheet, strangers nothing at all', async () => {
  const { viewer, user } = await people();
  const unknown = (await user.send('/nonsense', /./)).text;
  for (const command of ['/stats', '/export']) {
    expect((await user.send(command, /./)).text).toBe(unknown);
  }
  expect((await viewer.send('/export', /./)).text).toBe(unknown);
  await viewer.send('/admin', 'desk');
  expect(() => viewer.messageWith('Excel file')).toThrow('no button');
  expect([...filesOf(USER, 'photo'), ...filesOf(VIEWER, 'document')]).toEqual([]);
});
