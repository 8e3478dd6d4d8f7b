import { describe, expect, it } from 'vitest';
import { adminActions } from '../../../db/tables.ts';
import { post } from '../../../ledger/ledger.ts';
import { topupEntry } from '../../../testing/ledger.ts';
import { ALI, type BotStage, OWNER } from '../../bot.fixture.ts';
import { HOUR_MS } from '../../../core/calendar.ts';
import { available, deliver, SECOND, twoOwners, waiting } from './approvals.fixture.ts';

const CHANGED = 'The balance has changed meanwhile';
const SAME = 'The same was done a short while ago';

/** Money of another kind comes in. */
async function topUp(stage: BotStage, key: string, amountTiyin: number): Promise<void> {
  await stage.db.tx(async (tx) => await post(tx, topupEntry(`topup:${key}`, ALI.id, amountTiyin)));
}

async function states(stage: BotStage): Promise<string[]> {
  return (await stage.db.read.select().from(adminActions)).map(({ state }) => state).toSorted();
}

describe('a question whose balance is not there any more', () => {
  it('does nothing and asks anew, with what there is now and what was done meanwhile', async () => {
    const stage = await twoOwners();
    await topUp(stage, 'T1', 22_094_600);
    for (const { id } of [OWNER, SECOND]) {
      const question = await stage.say(`/credit ${ALI.id} 50 000 sovga`, id);
      expect(question.text).toContain("220\u00a0946\u00a0so'm → 270\u00a0946\u00a0so'm");
      expect(question.text).not.toContain(SAME);
    }
    await stage.tap('Confirm', OWNER.id);
    const { toast, screen } = await stage.tap('Confirm', SECOND.id);
    expect(toast).toContain('The balance has changed');
    expect(screen.text).toContain(CHANGED);
    expect(screen.text).toContain("270\u00a0946\u00a0so'm → 320\u00a0946\u00a0so'm");
    expect(screen.text).toContain(`${SAME}: 05.01 12:00, by Owner`);
    expect(await available(stage)).toBe(27_094_600);
    expect(await states(stage)).toEqual(['asked', 'done', 'dropped']);

    expect((await stage.tap('Confirm', SECOND.id)).screen.text).toContain('Done');
    expect(await available(stage)).toBe(32_094_600);
  });

  it('does not take from a balance that has grown either', async () => {
    const stage = await twoOwners();
    await topUp(stage, 'T1', 31_994_600);
    await stage.say(`/debit ${ALI.id} 50 000 twice`, OWNER.id);
    await topUp(stage, 'T2', 150_800_000);
    const { screen } = await stage.tap('Confirm', OWNER.id);
    expect(screen.text).toContain("1\u00a0827\u00a0946\u00a0so'm → 1\u00a0777\u00a0946\u00a0so'm");
    expect(await available(stage)).toBe(182_794_600);
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage)).toBe(177_794_600);
  });

  it('is asked anew once, however often the tap is handled, and called off by its old buttons', async () => {
    const stage = await twoOwners();
    await stage.say(`/credit ${ALI.id} 1000 x`, OWNER.id);
    const old = stage.find('Confirm', OWNER.id).data;
    await topUp(stage, 'T1', 100_000);
    await stage.tap('Confirm', OWNER.id);
    const anew = stage.find('Confirm', OWNER.id).data;
    expect(anew).not.toBe(old);
    await stage.again();
    expect(await stage.forge(old, OWNER.id)).toContain('The balance has changed');
    expect(await states(stage)).toEqual(['asked', 'dropped']);
    await topUp(stage, 'T2', 100_000);
    await stage.tap('Confirm', OWNER.id);
    expect(await states(stage)).toEqual(['asked', 'dropped', 'dropped']);
    expect(await available(stage)).toBe(200_000);

    await stage.forge(old.replace('confirm', 'drop'), OWNER.id);
    expect(await states(stage)).toEqual(['dropped', 'dropped', 'dropped']);
    expect(await stage.forge(anew, OWNER.id)).toContain('decided before');
    expect(await available(stage)).toBe(200_000);
  });

  it('is not handed to a second person before who asked has seen what there is', async () => {
    const stage = await twoOwners();
    await stage.say(`/credit ${ALI.id} 200 000 x`, OWNER.id);
    await topUp(stage, 'T1', 100_000);
    expect((await stage.tap('Confirm', OWNER.id)).screen.text).toContain(CHANGED);
    expect(await waiting(stage, SECOND.id)).toEqual([]);
    expect((await stage.tap('Confirm', OWNER.id)).screen.text).toContain('Waits for another');
    expect(await waiting(stage, SECOND.id)).toEqual(['owner_second']);
  });

  it('waits for a second person to agree to what there is then', async () => {
    const stage = await twoOwners();
    await stage.say(`/credit ${ALI.id} 200 000 x`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    await topUp(stage, 'T1', 100_000);
    await deliver(stage, SECOND.id, 'owner_second');
    expect(stage.last(SECOND.id).text).toContain("1\u00a0000\u00a0so'm → 201\u00a0000\u00a0so'm");
    await topUp(stage, 'T2', 100_000);
    const { toast, screen } = await stage.tap('I agree', SECOND.id);
    expect(toast).toContain('The balance has changed');
    expect(screen.text).toContain("2\u00a0000\u00a0so'm → 202\u00a0000\u00a0so'm");
    expect(await states(stage)).toEqual(['pending']);
    expect(await waiting(stage, OWNER.id)).toEqual([]);
    expect((await stage.tap('I agree', SECOND.id)).screen.text).toContain('Agreed: Second');
    expect(await available(stage)).toBe(20_200_000);
  });

  it('is shown once more to who taps a button without figures', async () => {
    const stage = await twoOwners();
    await stage.say(`/credit ${ALI.id} 200 000 x`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    await deliver(stage, SECOND.id, 'owner_second');
    const [plain = ''] = stage.find('I agree', SECOND.id).data.split('.');
    expect(await stage.forge(`${plain}.-`, SECOND.id)).toContain('The balance has changed');
    expect(await available(stage)).toBe(0);
  });
});

describe('the same once more', () => {
  it('is warned of, in whatever letters the reason is, and after half an hour no more', async () => {
    const stage = await twoOwners();
    await stage.say(`/credit ${ALI.id} 1000 Sovg‘a uchun`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    const again = async (text: string): Promise<string> =>
      (await stage.say(`/credit ${text}`, SECOND.id)).text;
    expect(await again(`${ALI.id} 1 000 sovga  uchun!`)).toContain(SAME);
    expect(await again(`${ALI.id} 1000 совға учун`)).toContain(SAME);
    expect(await again(`${ALI.id} 1000 bonus`)).not.toContain(SAME);
    expect(await again(`${ALI.id} 1001 sovga uchun`)).not.toContain(SAME);
    expect(await again(`${OWNER.id} 1000 sovga uchun`)).not.toContain(SAME);
    await stage.clock.advance(31 * 60_000);
    expect(await again(`${ALI.id} 1000 sovga uchun`)).not.toContain(SAME);
  });

  it('is warned of when a second person has to agree', async () => {
    const stage = await twoOwners();
    for (const { id } of [OWNER, SECOND]) {
      await stage.say(`/credit ${ALI.id} 200 000 x`, id);
      await stage.tap('Confirm', id);
    }
    await deliver(stage, OWNER.id, 'owner_second');
    await deliver(stage, SECOND.id, 'owner_second');
    await stage.tap('I agree', OWNER.id);
    expect((await stage.tap('I agree', SECOND.id)).screen.text).toContain(`${SAME}: `);
    expect(await available(stage)).toBe(20_000_000);
  });
});

describe('a large debit', () => {
  it('in pieces is a large debit', async () => {
    const stage = await twoOwners();
    await topUp(stage, 'T1', 100_000_000);
    for (const state of ['Done', 'Done', 'Waits for another owner']) {
      await stage.say(`/debit ${ALI.id} 40000 piece`, OWNER.id);
      expect((await stage.tap('Confirm', OWNER.id)).screen.text).toContain(state);
    }
    expect(await available(stage)).toBe(92_000_000);
    // Another person's pieces, and what was given, are something else.
    await stage.say(`/debit ${ALI.id} 40000 other`, SECOND.id);
    expect((await stage.tap('Confirm', SECOND.id)).screen.text).toContain('Done');
    await stage.say(`/credit ${ALI.id} 40000 back`, OWNER.id);
    expect((await stage.tap('Confirm', OWNER.id)).screen.text).toContain('Done');
    await stage.clock.advance(25 * HOUR_MS);
    await stage.say(`/debit ${ALI.id} 40000 piece`, OWNER.id);
    expect((await stage.tap('Confirm', OWNER.id)).screen.text).toContain('Done');
  });
});
