import { expect, test } from 'vitest';
import { ALI, OWNER, startBotStage, VALI } from '../bot.fixture.ts';
import { createStaff } from './staff.ts';

test('strangers get the answer of any unknown command', async () => {
  const stage = await startBotStage();
  await stage.meet(ALI.id);
  const unknown = await stage.say('/nonsense', ALI.id);
  expect((await stage.say('/admin', ALI.id)).html).toBe(unknown.html);
});

test("a stranger's tap on a desk button does nothing", async () => {
  const stage = await startBotStage();
  await stage.meet(ALI.id);
  expect(await stage.forge('desk:home:show:-', ALI.id)).toContain('out of date');
  expect(stage.last(ALI.id).html).not.toContain('desk');
});

test('owners and viewers have the desk', async () => {
  const stage = await startBotStage({ staff: { viewerIds: [VALI.id] } });
  for (const { id } of [OWNER, VALI]) {
    await stage.meet(id);
    expect((await stage.say('/admin', id)).html).toContain("Owner's desk");
  }
});

test('each role may what those before it may', () => {
  const staff = createStaff({
    ownerIds: [1, 2],
    operatorIds: [3, 1],
    viewerIds: [4],
    operatorLimitTiyin: 0,
    dualControlAboveTiyin: null,
  });
  const roles = (needed: 'viewer' | 'operator' | 'owner') =>
    [1, 3, 4, 5].filter((id) => staff.may(id, needed));
  expect(roles('viewer')).toEqual([1, 3, 4]);
  expect(roles('operator')).toEqual([1, 3]);
  expect(roles('owner')).toEqual([1]);
  expect(staff.otherOwners(1)).toEqual([2]);
  expect(staff.otherOwners(3)).toEqual([1, 2]);
});
