/** Homes: who gets in, who gets out, and who hears of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realRandom } from '../core/deps.ts';
import { homeAccounts, homeInvitations, homeMembers, outbox } from '../db/tables.ts';
import { QUOTAS } from '../quotas/limits.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { rerunningDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { seenUser, setBlocked } from '../users/users.ts';
import {
  INVITATION_LIFE_MS,
  MAX_JOINED_HOMES,
  MAX_MEMBERS,
  MAX_OWN_HOMES,
  putIntoHome,
} from './home.ts';
import { bringInvitationsBack, createHomes, type Homes } from './homes.ts';

const OWNER = 11;
const SON = 12;
const DAUGHTER = 13;

let clock: TestClock;
let file: TemporaryDatabase;
let homes: Homes;

beforeEach(async () => {
  clock = createTestClock();
  file = rerunningDatabase();
  homes = open(file);
  for (const id of [OWNER, SON, DAUGHTER]) await meet(id);
});
afterEach(async () => {
  await file.remove();
});

function open({ db }: TemporaryDatabase): Homes {
  const notifyOutbox = (): void => undefined;
  return createHomes({ db, clock, random: realRandom, quotas: QUOTAS, notifyOutbox });
}

const meet = async (id: number) => await seenUser(file.db, { id, first_name: `P${id}` }, 1);

async function made(name = 'Parents', userId = OWNER): Promise<string> {
  const outcome = await homes.make(userId, name);
  if (outcome.kind !== 'made') throw new Error(outcome.kind);
  return outcome.home.id;
}

async function invited(id: string): Promise<string> {
  const outcome = await homes.invite(id, OWNER);
  if (outcome.kind !== 'invited') throw new Error(outcome.kind);
  return await homes.payloadOf(outcome.invitation.id);
}

async function joined(id: string, userId = SON): Promise<string> {
  const payload = await invited(id);
  expect(await homes.join(payload, userId)).toMatchObject({ kind: 'joined' });
  return payload;
}

async function told(): Promise<[chatId: number, kind: string][]> {
  const rows = await file.db.read.select().from(outbox).orderBy(outbox.id);
  return rows.map(({ chatId, kind }) => [chatId, kind]);
}

describe('a home', () => {
  it('has a clean name, and one of the same name is the same', async () => {
    const id = await made('  My \n home ');
    expect(await homes.get(id, OWNER)).toMatchObject({ home: { name: 'My home' }, isOwner: true });
    expect(await made('My home')).toBe(id);
    expect(await homes.make(OWNER, ' ')).toEqual({ kind: 'bad_name' });
    expect(await homes.make(OWNER, 'a'.repeat(41))).toEqual({ kind: 'bad_name' });
    const other = { userId: SON, name: 'Mine' };
    expect(await homes.rename(id, other)).toEqual({ kind: 'not_found' });
    expect(await homes.rename(id, { ...other, userId: OWNER })).toMatchObject({ kind: 'renamed' });
    expect(await homes.get(id, OWNER)).toMatchObject({ home: { name: 'Mine' } });
  });

  it('is one of a few that a person may have', async () => {
    for (let i = 0; i < MAX_OWN_HOMES; i += 1) await made(`Home ${i}`);
    expect(await homes.make(OWNER, 'One more')).toEqual({ kind: 'too_many' });
    expect(await homes.of(OWNER)).toHaveLength(MAX_OWN_HOMES);
    expect(await homes.make(SON, 'One more')).toMatchObject({ kind: 'made' });
  });

  it('is nobody’s but its people’s', async () => {
    const id = await made();
    await joined(id);
    expect(await homes.get(id, SON)).toMatchObject({ isOwner: false });
    expect(await homes.get(id, DAUGHTER)).toBeNull();
    expect(await homes.invite(id, SON)).toEqual({ kind: 'not_found' });
    expect(await homes.setTold(id, { userId: SON, isTold: true })).toBeNull();
    expect(await homes.end(id, SON)).toBe(false);
    expect(await homes.removeMember(id, { userId: SON, memberId: SON })).toBe(false);
    expect(await homes.leave(id, OWNER)).toBe(false);
    expect(await homes.leave(id, DAUGHTER)).toBe(false);
    expect(await homes.of(SON)).toMatchObject([{ home: { id }, isOwner: false }]);
  });
});

describe('an invitation', () => {
  it('lets one person in, and the owner hears of it', async () => {
    const id = await made();
    const payload = await joined(id);
    expect(await homes.join(payload, SON)).toMatchObject({ kind: 'member' });
    expect(await homes.join(payload, DAUGHTER)).toEqual({ kind: 'used' });
    expect(await homes.open(payload, OWNER)).toMatchObject({ kind: 'own' });
    expect(await homes.join(payload, OWNER)).toMatchObject({ kind: 'own' });
    expect(await homes.members(id)).toEqual([SON]);
    expect(await told()).toEqual([[OWNER, 'home_joined']]);
  });

  it('lets in one of many who come at the same moment', async () => {
    const id = await made();
    const payload = await invited(id);
    const people = Array.from({ length: 8 }, (_, at) => 100 + at);
    for (const each of people) await meet(each);
    const outcomes = await Promise.all(
      people.flatMap((each) => [homes.join(payload, each), homes.join(payload, each)]),
    );
    expect(outcomes.filter(({ kind }) => kind === 'joined')).toHaveLength(1);
    expect(await homes.members(id)).toHaveLength(1);
    expect(await told()).toHaveLength(1);
  });

  it('is good for seven days', async () => {
    const payload = await invited(await made());
    await clock.advance(INVITATION_LIFE_MS - 1);
    expect(await homes.open(payload, SON)).toMatchObject({ kind: 'open' });
    await clock.advance(1);
    expect(await homes.open(payload, SON)).toEqual({ kind: 'old' });
    expect(await homes.join(payload, SON)).toEqual({ kind: 'old' });
  });

  it('can’t be made up, and is of no use on another database', async () => {
    const payload = await invited(await made());
    expect(payload).toMatch(/^[\w-]{1,40}$/);
    for (let i = 0; i < payload.length; i += 1) {
      const letter = payload[i] === 'A' ? 'B' : 'A';
      const forged = payload.slice(0, i) + letter + payload.slice(i + 1);
      expect(await homes.join(forged, SON)).toEqual({ kind: 'unknown' });
    }
    const elsewhere = rerunningDatabase();
    try {
      expect(await open(elsewhere).join(payload, SON)).toEqual({ kind: 'unknown' });
    } finally {
      await elsewhere.remove();
    }
  });

  it('is of no use once its home was ended, or its owner is shut out', async () => {
    const id = await made();
    const payload = await invited(id);
    await file.db.tx((tx) => setBlocked(tx, { userId: OWNER, blockedAt: clock.now() }));
    expect(await homes.join(payload, SON)).toEqual({ kind: 'unknown' });
    await file.db.tx((tx) => setBlocked(tx, { userId: OWNER, blockedAt: null }));
    await homes.end(id, OWNER);
    expect(await homes.join(payload, SON)).toEqual({ kind: 'unknown' });
  });

  it('leads into a full home for nobody, and for nobody who is in as many as one may be', async () => {
    const id = await made();
    const early = await invited(id);
    await clock.advance(86_400_000);
    for (let i = 0; i < MAX_MEMBERS; i += 1) {
      await meet(200 + i);
      await joined(id, 200 + i);
      await clock.advance(3_600_000);
    }
    expect(await homes.join(early, SON)).toEqual({ kind: 'full' });
    expect(await homes.invite(id, OWNER)).toEqual({ kind: 'full' });
    for (let i = 0; i <= MAX_JOINED_HOMES; i += 1) {
      await meet(300 + i);
      await clock.advance(86_400_000);
      const theirs = await homes.make(300 + i, 'Home');
      const home = theirs.kind === 'made' ? theirs.home.id : '';
      const outcome = await homes.invite(home, 300 + i);
      const payload =
        outcome.kind === 'invited' ? await homes.payloadOf(outcome.invitation.id) : '';
      const kind = i < MAX_JOINED_HOMES ? 'joined' : 'too_many';
      expect(await homes.join(payload, SON)).toMatchObject({ kind });
    }
  });

  it('is one of so many an hour, and old ones are forgotten', async () => {
    const id = await made();
    for (let i = 0; i < 10; i += 1) await invited(id);
    expect(await homes.invite(id, OWNER)).toMatchObject({ kind: 'quota_spent' });
    await clock.advance(3 * INVITATION_LIFE_MS);
    await invited(id);
    expect(await file.db.read.select().from(homeInvitations)).toHaveLength(1);
  });

  it('of a clock that was ahead is good for no longer than any other', async () => {
    const now = clock.now();
    await clock.advance(365 * 86_400_000);
    const payload = await invited(await made());
    clock = createTestClock(now);
    homes = open(file);
    await file.db.tx((tx) => bringInvitationsBack(tx, { now, isSure: true }));
    await clock.advance(INVITATION_LIFE_MS);
    expect(await homes.open(payload, SON)).toEqual({ kind: 'old' });
  });
});

describe('going', () => {
  it('by oneself is told to the owner, and there is no way back by the old link', async () => {
    const id = await made();
    const payload = await joined(id);
    expect(await homes.leave(id, SON)).toBe(true);
    expect(await homes.leave(id, SON)).toBe(false);
    expect(await homes.get(id, SON)).toBeNull();
    expect(await homes.join(payload, SON)).toEqual({ kind: 'used' });
    expect(await told()).toEqual([
      [OWNER, 'home_joined'],
      [OWNER, 'home_left'],
    ]);
  });

  it('by the owner’s wish is told to who goes, who comes back by no link that is still out there', async () => {
    const id = await made();
    await joined(id);
    const spare = await invited(id);
    const request = { userId: OWNER, memberId: SON };
    expect(await homes.removeMember(id, request)).toBe(true);
    expect(await homes.removeMember(id, request)).toBe(false);
    expect(await homes.join(spare, SON)).toEqual({ kind: 'unknown' });
    expect((await told()).at(-1)).toEqual([SON, 'home_over']);
    await joined(id);
    expect(await homes.members(id)).toEqual([SON]);
  });

  it('of the home itself leaves nothing behind, and its people hear of it once', async () => {
    const id = await made();
    await joined(id);
    await joined(id, DAUGHTER);
    await file.db.tx((tx) => putIntoHome(tx, 1, id));
    expect(await Promise.all([homes.end(id, OWNER), homes.end(id, OWNER)])).toContain(true);
    for (const table of [homeAccounts, homeInvitations, homeMembers]) {
      expect(await file.db.read.select().from(table)).toEqual([]);
    }
    expect((await told()).slice(2)).toEqual([
      [SON, 'home_over'],
      [DAUGHTER, 'home_over'],
    ]);
    expect(await homes.of(SON)).toEqual([]);
  });
});
