import { expect, test } from 'vitest';
import { ALI, type BotStage, OWNER, startBotStage, VALI } from '../bot.fixture.ts';
import { DESK_COMMANDS } from '../kit/commands.ts';
import { createStaff, ROLES, type Role } from '../../staff/staff.ts';

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

const OPERATOR = { id: 910, firstName: 'Operator', languageCode: 'en' };
const VIEWER = { id: 920, firstName: 'Viewer', languageCode: 'en' };

async function withStaff(): Promise<BotStage> {
  const stage = await startBotStage({
    staff: { operatorIds: [OPERATOR.id], viewerIds: [VIEWER.id] },
  });
  for (const person of [OPERATOR, VIEWER]) stage.telegram.user(person);
  for (const { id } of [ALI, OPERATOR, VIEWER]) await stage.meet(id);
  return stage;
}

/** Everybody who may not do what needs this role. */
function below(role: Role): number[] {
  const holders = { viewer: VIEWER.id, operator: OPERATOR.id, owner: OWNER.id };
  return [ALI.id, ...ROLES.slice(0, ROLES.indexOf(role)).map((lower) => holders[lower])];
}

test('every command of the desk is an unknown command for those below its role', async () => {
  const stage = await withStaff();
  const needed = new Map<string, Role>(DESK_COMMANDS);
  for (const { commands } of stage.bot.desk) {
    for (const [command, { role }] of Object.entries(commands ?? {})) needed.set(command, role);
  }
  const unknown = (await stage.say('/nonsense', ALI.id)).html;
  for (const [command, role] of needed) {
    for (const id of below(role)) {
      const said = await stage.say(`/${command} ${ALI.id} 1000 x`, id);
      expect({ command, id, html: said.html }).toEqual({ command, id, html: unknown });
    }
  }
  expect(needed.size).toBeGreaterThan(10);
});

test('every button of the desk is out of date for those below its role', async () => {
  const stage = await withStaff();
  const taps = stage.bot.desk.flatMap(({ area, taps: all }) =>
    Object.entries(all ?? {}).map(([action, { role }]) => ({ area, action, role })),
  );
  const calls = (): number =>
    stage.telegram.calls().filter(({ method }) => /send|edit/.test(method)).length;
  for (const { area, action, role } of taps) {
    for (const id of below(role)) {
      for (const arg of ['-', String(ALI.id)]) {
        const before = calls();
        const toast = await stage.forge(`desk:${area}:${action}:${arg}`, id);
        expect({ area, action, id, old: toast.includes('out of date') }).toMatchObject({
          old: true,
        });
        expect(calls()).toBe(before);
      }
    }
  }
  expect(taps.length).toBeGreaterThan(15);
});

test("the commands in Telegram's menu need the role that the desk asks for", async () => {
  const stage = await withStaff();
  const announced = new Map<string, Role>(DESK_COMMANDS);
  for (const { commands } of stage.bot.desk) {
    for (const [command, { role }] of Object.entries(commands ?? {})) {
      expect({ command, role: announced.get(command) }).toEqual({ command, role });
    }
  }
});
