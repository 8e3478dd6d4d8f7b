import { describe, expect, it } from 'vitest';
import { staffLog, terms as rows } from '../../../db/tables.ts';
import type { Terms } from '../../../settings/terms.ts';
import { ALI, type BotStage, FIRST_TERMS, OWNER, startBotStage, VALI } from '../../bot.fixture.ts';
import { OPERATOR, SECOND, twoOwners } from '../approvals/approvals.fixture.ts';
import { deliver } from '../approvals/approvals.fixture.ts';

const now = async ({ options, db }: BotStage): Promise<Terms> => await options.terms(db.read);
const plain = (text: string | null | undefined): string =>
  (text ?? '').replaceAll(/[\u00a0\u202f]/g, ' ');

async function alone(): Promise<BotStage> {
  const stage = await startBotStage({ staff: { viewerIds: [VALI.id] } });
  for (const { id } of [ALI, VALI, OWNER]) await stage.meet(id);
  return stage;
}

describe('what people pay', () => {
  it('is changed by a lone owner with one confirmation, at once, and written down', async () => {
    const stage = await alone();
    const list = await stage.say('/settings', OWNER.id);
    expect(plain(list.text)).toContain("Largest top-up: 10 000 000 so'm");
    await stage.tap('Largest top-up', OWNER.id);
    const question = await stage.say('5 mln', OWNER.id);
    expect(plain(question.text)).toContain("10 000 000 so'm → 5 000 000 so'm");
    expect(question.text).not.toContain('Another owner');
    expect((await now(stage)).maxTiyin).toBe(1_000_000_000);
    expect((await stage.tap('Confirm', OWNER.id)).screen.text).toContain('Done');
    expect((await now(stage)).maxTiyin).toBe(500_000_000);
    await stage.again();
    const log = await stage.db.read.select().from(staffLog);
    expect(log).toMatchObject([
      { staffId: OWNER.id, action: 'term', subject: 'term:TOPUP_MAX', note: '10000000 → 5000000' },
    ]);
  });

  it('waits for the second owner, and then names both', async () => {
    const stage = await twoOwners();
    await stage.say('/settings', OWNER.id);
    await stage.tap('Smallest top-up', OWNER.id);
    expect((await stage.say('5000', OWNER.id)).text).toContain('Another owner has to agree');
    await stage.tap('Confirm', OWNER.id);
    expect((await now(stage)).minTiyin).toBe(FIRST_TERMS.minTiyin);
    await deliver(stage, SECOND.id, 'owner_second');
    expect(plain(stage.last(SECOND.id).text)).toContain("1 000 so'm → 5 000 so'm");
    await stage.tap('I agree', SECOND.id);
    expect((await now(stage)).minTiyin).toBe(500_000);
    const [row] = await stage.db.read.select().from(rows);
    expect(row).toMatchObject({ value: '5000', changedBy: OWNER.id, secondId: SECOND.id });
    await stage.say('/admin', OWNER.id);
    const history = await stage.db.read.select().from(staffLog);
    expect(history[0]?.note).toBe('1000 → 5000 (agreed by user:901)');
  });

  it('is never agreed to by who asked, nor asked for by an operator', async () => {
    const stage = await twoOwners();
    await stage.meet(OPERATOR.id);
    await stage.say('/settings', OWNER.id);
    await stage.tap('Smallest top-up', OWNER.id);
    await stage.say('5000', OWNER.id);
    const { data } = stage.find('Confirm', OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    const agree = `${data.replace('confirm', 'agree')}.-`;
    expect(await stage.forge(agree, OWNER.id)).toContain('out of date');
    await stage.say('/settings', OPERATOR.id);
    const { screen } = await stage.tap('Smallest top-up', OPERATOR.id);
    expect(screen.text).not.toContain('send another sum');
    await stage.say('7000', OPERATOR.id);
    expect(await stage.forge('desk:set:hide:payfer', OPERATOR.id)).toContain('out of date');
    expect(await now(stage)).toEqual(FIRST_TERMS);
  });

  it('is what the question showed: of two changes the second is overtaken', async () => {
    const stage = await twoOwners();
    for (const [owner, sum] of [
      [OWNER, '5000'],
      [SECOND, '6000'],
    ] as const) {
      await stage.say('/settings', owner.id);
      await stage.tap('Smallest top-up', owner.id);
      await stage.say(sum, owner.id);
      await stage.tap('Confirm', owner.id);
    }
    await deliver(stage, SECOND.id, 'owner_second');
    await deliver(stage, OWNER.id, 'owner_second');
    await stage.tap('I agree', SECOND.id);
    await stage.tap('I agree', OWNER.id);
    expect((await now(stage)).minTiyin).toBe(500_000);
    expect(await stage.db.read.select().from(staffLog)).toHaveLength(1);
  });

  it('leaves a sum to top up, also when the other limit changed meanwhile', async () => {
    const stage = await alone();
    const ask = async (name: string, sum: string): Promise<string> => {
      await stage.say('/settings', OWNER.id);
      await stage.tap(name, OWNER.id);
      return plain((await stage.say(sum, OWNER.id)).text);
    };
    expect(await ask('Smallest top-up', '10 000 001')).toContain('leaves no sum');
    expect(await ask('Smallest top-up', 'hello')).toContain('did not understand');
    await ask('Smallest top-up', '9 000 000');
    const smallest = stage.find('Confirm', OWNER.id).data;
    await ask('Largest top-up', '8 000 000');
    await stage.tap('Confirm', OWNER.id);
    await stage.tap(smallest, OWNER.id);
    expect(await now(stage)).toMatchObject({ minTiyin: 100_000, maxTiyin: 800_000_000 });
  });
});

describe('where “Help” leads', () => {
  it('is changed by one owner at once, however it is written, and back to the staff by a button', async () => {
    const stage = await alone();
    const set = async (text: string): Promise<string> => {
      await stage.say('/settings', OWNER.id);
      await stage.tap('“Help” leads', OWNER.id);
      return (await stage.say(text, OWNER.id)).text;
    };
    expect(await set('ask my brother')).toContain("can't be set");
    expect(await set('901234567')).toContain('+998 90 123-45-67');
    await stage.again();
    expect((await now(stage)).contact).toEqual({ shown: '+998 90 123-45-67', url: null });
    await set('@tolov_help');
    await stage.say('/help');
    expect((await stage.tap('Help')).screen.text).toContain('@tolov_help');
    await stage.say('/settings', OWNER.id);
    await stage.tap('“Help” leads', OWNER.id);
    const { screen } = await stage.tap('To the staff', OWNER.id);
    expect(screen.text).toContain('to the staff, here in the bot');
    expect((await now(stage)).contact).toBeNull();
    const notes = (await stage.db.read.select().from(staffLog)).map(({ note }) => note);
    expect(notes).toEqual([
      '— → +998 90 123-45-67',
      '+998 90 123-45-67 → @tolov_help',
      '@tolov_help → —',
    ]);
  });
});

describe('hours without reminders', () => {
  it('are changed by one owner at once, and are never those of the day', async () => {
    const stage = await alone();
    const set = async (text: string): Promise<string> => {
      await stage.say('/settings', OWNER.id);
      await stage.tap('Hours without', OWNER.id);
      return (await stage.say(text, OWNER.id)).text;
    };
    expect(await set('22:00 – 8:00')).toContain('22:00–08:00');
    expect((await now(stage)).quietHours).toEqual({ from: 22, until: 8 });
    expect(await set('9-21')).toContain("can't be set");
    expect(await set('at night')).toContain('did not understand');
    expect((await now(stage)).quietHours).toEqual({ from: 22, until: 8 });
    expect(await stage.db.read.select().from(staffLog)).toMatchObject([
      { staffId: OWNER.id, action: 'term', note: '21-9 → 22-8' },
    ]);
  });
});

describe('what is offered', () => {
  it('holds at once, is repeated harmlessly and goes back to the environment', async () => {
    const stage = await alone();
    await stage.say('/settings', OWNER.id);
    await stage.tap('Sums offered', OWNER.id);
    expect((await stage.say('10 000, 20 000', OWNER.id)).text).toContain('Done');
    await stage.again();
    expect((await now(stage)).presetsTiyin).toEqual([1_000_000, 2_000_000]);
    expect(await stage.db.read.select().from(staffLog)).toHaveLength(1);
    await stage.say('/topup');
    await stage.tap('Click');
    expect(() => stage.find("20\u00a0000\u00a0so'm")).not.toThrow();
    const { screen } = await stage.tap('As on the server', OWNER.id);
    expect(screen.text).toContain('As on the server.');
    expect(await now(stage)).toEqual(FIRST_TERMS);
  });

  it('is the ways to top up in the order that was chosen, without hidden ones and never none', async () => {
    const stage = await alone();
    await stage.say('/settings', OWNER.id);
    await stage.tap('Ways to top up', OWNER.id);
    await stage.tap('⬆️ Payme', OWNER.id);
    await stage.again();
    for (const way of ['Click', 'inPAY', 'Payfer']) await stage.tap(`Hide ${way}`, OWNER.id);
    expect((await now(stage)).ways).toEqual(['payme']);
    expect((await stage.tap('Hide Payme', OWNER.id)).toast).toContain('has to stay');
    await stage.tap('Show Payfer', OWNER.id);
    expect((await now(stage)).ways).toEqual(['payme', 'payfer']);
    const notes = (await stage.db.read.select().from(staffLog)).map(({ note }) => note);
    expect(notes).toHaveLength(5);
    expect(notes[0]).toMatch(/^click,payme,.* → payme,click,payfer,inpay$/);
  });
});
