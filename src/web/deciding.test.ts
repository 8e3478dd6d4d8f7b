/** What is decided on the web page, by whom, and by nobody else. Beside the chat, on the same database. */
import { describe, expect, it } from 'vitest';
import { ALI, type BotStage, OWNER } from '../bot/bot.fixture.ts';
import {
  available,
  deliver,
  OPERATOR,
  SECOND,
  twoOwners,
  waiting,
} from '../bot/desk/approvals/approvals.fixture.ts';
import type { Decided, WaitingDecision } from '../bot/desk/page/decisions.ts';
import type { PageTicket, PageTicketMessage } from '../bot/desk/page/tickets.ts';
import { realRandom } from '../core/deps.ts';
import { adminActions, entries, ticketMessages, tickets } from '../db/tables.ts';
import { audit } from '../ledger/audit.ts';
import { newToken, SESSION_MS } from '../staff/sign-ins.ts';
import { type Desk, startDesk, VIEWER } from './web-stage.fixture.ts';

/** 200 000 so'm for Ali, which the first owner has asked for and confirmed. */
async function asked(): Promise<Desk> {
  const stage = await twoOwners({ viewerIds: [VIEWER] });
  const desk = await startDesk({ stage });
  await stage.meet(OPERATOR.id);
  await ask(stage);
  return desk;
}

async function ask(stage: BotStage): Promise<void> {
  await stage.say(`/credit ${ALI.id} 200000 for <b>patience</b>`, OWNER.id);
  await stage.tap('Confirm', OWNER.id);
}

async function look<T>(desk: Desk, path: string, cookie: string): Promise<T> {
  return (await (await desk.ask(`api/view/${path}`, { cookie })).json()) as T;
}

async function waitingOn(desk: Desk, cookie: string): Promise<WaitingDecision[]> {
  return (await look<{ rows: WaitingDecision[] }>(desk, 'decisions', cookie)).rows;
}

async function csrfOf(desk: Desk, cookie: string): Promise<string> {
  return ((await (await desk.ask('api/me', { cookie })).json()) as { csrf: string }).csrf;
}

interface Sent {
  cookie: string;
  headers?: Record<string, string>;
}

/** As the page sends it, unless `headers` say otherwise. */
async function send(desk: Desk, path: string, body: object, { cookie, headers }: Sent) {
  const csrf = await csrfOf(desk, cookie);
  const answer = await desk.ask(`api/${path}`, {
    method: 'POST',
    cookie,
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, said: (await answer.json()) as Decided };
}

describe('a request for a second person', () => {
  it('is shown with all that the chat says, to whoever may look, and with what they may do', async () => {
    const desk = await asked();
    const may = async (userId: number) => {
      const [row, ...more] = await waitingOn(desk, await desk.enter(userId));
      expect(more).toEqual([]);
      expect(row?.text).toContain('for <b>patience</b>');
      expect(row?.text).toContain('Asked by: Owner');
      expect(row?.text.replaceAll('\u00a0', ' ')).toContain("0 so'm → 200 000 so'm");
      return row?.actions;
    };
    expect(await may(SECOND.id)).toEqual(['agree', 'refuse']);
    expect(await may(OWNER.id)).toEqual(['withdraw']);
    expect(await may(OPERATOR.id)).toEqual([]);
    expect(await may(VIEWER)).toEqual([]);
  });

  it('is agreed to by another owner, once, and the books name both', async () => {
    const desk = await asked();
    const cookie = await desk.enter(SECOND.id);
    const [row] = await waitingOn(desk, cookie);
    const agree = { id: row?.id, action: 'agree', seenTiyin: row?.seenTiyin };
    const first = await send(desk, 'decide', agree, { cookie });
    expect(first).toMatchObject({ status: 200, said: { kind: 'done' } });
    expect('text' in first.said && first.said.text).toContain('Agreed: Second');
    const again = await send(desk, 'decide', agree, { cookie });
    expect(again).toMatchObject({ status: 200, said: { kind: 'over' } });
    expect(await available(desk.stage)).toBe(20_000_000);
    const [entry] = await desk.db.read.select().from(entries);
    expect(entry).toMatchObject({
      actor: `user:${OWNER.id}`,
      reason: `for <b>patience</b> (agreed by user:${SECOND.id})`,
    });
    expect(await waiting(desk.stage, OWNER.id)).toEqual(['decision_over']);
    expect(await waitingOn(desk, cookie)).toEqual([]);
    expect((await audit(desk.db.read)).clean).toBe(true);
  });

  it('is agreed to once by the chat and many pages at once', async () => {
    const desk = await asked();
    const { stage } = desk;
    const cookie = await desk.enter(SECOND.id);
    const [row] = await waitingOn(desk, cookie);
    await deliver(stage, SECOND.id, 'owner_second');
    const agree = { id: row?.id, action: 'agree', seenTiyin: row?.seenTiyin };
    const taps = Array.from({ length: 4 }, () => send(desk, 'decide', agree, { cookie }));
    await stage.tap('I agree', SECOND.id);
    await Promise.all(taps);
    expect(await available(stage)).toBe(20_000_000);
    expect(await desk.db.read.select().from(entries)).toHaveLength(1);
  });

  it('is never agreed to or refused by who asked, an operator or a viewer', async () => {
    const desk = await asked();
    const [row] = await waitingOn(desk, await desk.enter(SECOND.id));
    for (const userId of [OWNER.id, OPERATOR.id, VIEWER]) {
      const cookie = await desk.enter(userId);
      for (const action of ['agree', 'refuse']) {
        const asks = { id: row?.id, action, seenTiyin: row?.seenTiyin };
        expect((await send(desk, 'decide', asks, { cookie })).status).toBe(403);
      }
    }
    for (const userId of [SECOND.id, OPERATOR.id, VIEWER]) {
      const cookie = await desk.enter(userId);
      const asks = { id: row?.id, action: 'withdraw', seenTiyin: null };
      expect((await send(desk, 'decide', asks, { cookie })).status).toBe(403);
    }
    expect(await desk.db.read.select().from(adminActions)).toMatchObject([{ state: 'pending' }]);
    expect(await available(desk.stage)).toBe(0);
  });

  it.each<[string, Record<string, string>]>([
    ['without the token', { 'x-csrf-token': '' }],
    ['with a token that is made up', { 'x-csrf-token': newToken(realRandom) }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from no origin', { origin: '' }],
    ['from another site, by the browser’s word', { 'sec-fetch-site': 'cross-site' }],
  ])('is not decided %s', async (_what, headers) => {
    const desk = await asked();
    const cookie = await desk.enter(SECOND.id);
    const [row] = await waitingOn(desk, cookie);
    const agree = { id: row?.id, action: 'agree', seenTiyin: row?.seenTiyin };
    expect((await send(desk, 'decide', agree, { cookie, headers })).status).toBe(403);
    expect(await available(desk.stage)).toBe(0);
  });

  it('is not decided with another session’s token, or by a session that is over', async () => {
    const desk = await asked();
    const cookie = await desk.enter(SECOND.id);
    const [row] = await waitingOn(desk, cookie);
    const agree = { id: row?.id, action: 'agree', seenTiyin: row?.seenTiyin };
    const others = await csrfOf(desk, await desk.enter(OPERATOR.id));
    const headers = { 'x-csrf-token': others };
    expect((await send(desk, 'decide', agree, { cookie, headers })).status).toBe(403);
    const own = { 'x-csrf-token': await csrfOf(desk, cookie) };
    await desk.clock.advance(SESSION_MS);
    expect((await send(desk, 'decide', agree, { cookie, headers: own })).status).toBe(401);
    const fresh = await desk.enter(SECOND.id);
    desk.staff.ownerIds = [OWNER.id];
    expect((await send(desk, 'decide', agree, { cookie: fresh, headers: own })).status).toBe(401);
    expect(await available(desk.stage)).toBe(0);
  });

  it.each<[string, object]>([
    ['an id that is no text', { id: 7, action: 'agree', seenTiyin: 0 }],
    ['an action of its own', { id: 'x', action: 'confirm', seenTiyin: 0 }],
    ['no balance', { id: 'x', action: 'agree' }],
    ['half a tiyin', { id: 'x', action: 'agree', seenTiyin: 0.5 }],
  ])('is not understood with %s', async (_what, body) => {
    const desk = await asked();
    const cookie = await desk.enter(SECOND.id);
    expect((await send(desk, 'decide', body, { cookie })).status).toBe(400);
  });

  it('is agreed to only while the balance is what the page showed', async () => {
    const desk = await asked();
    const cookie = await desk.enter(SECOND.id);
    const [row] = await waitingOn(desk, cookie);
    await desk.stage.say(`/credit ${ALI.id} 1000 meanwhile`, OWNER.id);
    await desk.stage.tap('Confirm', OWNER.id);
    const agree = { id: row?.id, action: 'agree', seenTiyin: row?.seenTiyin };
    const { said } = await send(desk, 'decide', agree, { cookie });
    expect(said).toMatchObject({ kind: 'changed' });
    expect(await available(desk.stage)).toBe(100_000);
    const [now] = await waitingOn(desk, cookie);
    const anew = { ...agree, seenTiyin: now?.seenTiyin };
    expect((await send(desk, 'decide', anew, { cookie })).said).toMatchObject({ kind: 'done' });
    expect(await available(desk.stage)).toBe(20_100_000);
  });

  it('is refused by the other owner, or withdrawn by who asked', async () => {
    const desk = await asked();
    const [second, first] = [await desk.enter(SECOND.id), await desk.enter(OWNER.id)];
    const [row] = await waitingOn(desk, second);
    const refuse = { id: row?.id, action: 'refuse', seenTiyin: null };
    expect((await send(desk, 'decide', refuse, { cookie: second })).said.kind).toBe('dropped');
    await ask(desk.stage);
    const [other] = await waitingOn(desk, first);
    const withdraw = { id: other?.id, action: 'withdraw', seenTiyin: null };
    expect((await send(desk, 'decide', withdraw, { cookie: first })).said.kind).toBe('dropped');
    expect(await available(desk.stage)).toBe(0);
  });
});

describe('a question', () => {
  /** Ali has asked something. */
  async function questioned(): Promise<Desk & { id: string }> {
    const stage = await twoOwners({ viewerIds: [VIEWER] });
    const desk = await startDesk({ stage });
    await stage.say('/help');
    await stage.tap('💬 Help');
    await stage.say('Where is <i>my</i> money?');
    const [ticket] = await desk.db.read.select().from(tickets);
    return { ...desk, id: ticket?.id ?? '' };
  }

  interface One {
    ticket: PageTicket;
    messages: PageTicketMessage[];
    mayAnswer: boolean;
  }

  it('is listed, read, answered once and closed; its person hears of both', async () => {
    const desk = await questioned();
    const cookie = await desk.enter(OPERATOR.id);
    const { rows } = await look<{ rows: PageTicket[] }>(desk, 'tickets', cookie);
    expect(rows).toMatchObject([{ id: desk.id, state: 'open', userId: ALI.id }]);
    const answerId = crypto.randomUUID();
    const answer = { id: desk.id, answerId, text: 'On its way & <soon>' };
    const sent = [1, 2, 3].map(async () => await send(desk, 'answer', answer, { cookie }));
    expect((await Promise.all(sent)).map(({ said }) => said.kind)).toEqual(
      Array.from({ length: 3 }, () => 'answered'),
    );
    expect(await desk.db.read.select().from(ticketMessages)).toHaveLength(2);
    const one = await look<One>(desk, `tickets?ticket=${desk.id}`, cookie);
    expect(one.messages.map(({ text }) => text)).toEqual([
      'Where is <i>my</i> money?',
      'On its way & <soon>',
    ]);
    expect(one).toMatchObject({ ticket: { state: 'answered' }, mayAnswer: true });
    expect((await waiting(desk.stage, ALI.id)).filter((each) => each === 'ticket_answer')).toEqual([
      'ticket_answer',
    ]);
    await deliver(desk.stage, ALI.id, 'ticket_answer');
    expect(desk.stage.last(ALI.id).text).toContain('On its way & <soon>');
    const close = await send(desk, 'close', { id: desk.id }, { cookie });
    expect(close.said.kind).toBe('closed');
    expect((await send(desk, 'close', { id: desk.id }, { cookie })).said.kind).toBe('was_closed');
    expect(await waiting(desk.stage, ALI.id)).toContain('ticket_closed');
  });

  it('is read by a viewer, who answers and closes nothing; nor does anybody without words', async () => {
    const desk = await questioned();
    const viewer = await desk.enter(VIEWER);
    const one = await look<One>(desk, `tickets?ticket=${desk.id}`, viewer);
    expect(one.mayAnswer).toBe(false);
    const answer = { id: desk.id, answerId: crypto.randomUUID(), text: 'hm' };
    expect((await send(desk, 'answer', answer, { cookie: viewer })).status).toBe(403);
    expect((await send(desk, 'close', { id: desk.id }, { cookie: viewer })).status).toBe(403);
    const operator = await desk.enter(OPERATOR.id);
    const forged = { cookie: operator, headers: { 'x-csrf-token': 'x' } };
    expect((await send(desk, 'answer', answer, forged)).status).toBe(403);
    const empty = { ...answer, text: ' \u200B ' };
    expect((await send(desk, 'answer', empty, { cookie: operator })).said.kind).toBe('empty');
    const lost = { ...answer, id: 'nothing' };
    expect((await send(desk, 'answer', lost, { cookie: operator })).status).toBe(403);
    expect(await desk.db.read.select().from(ticketMessages)).toHaveLength(1);
    expect(await desk.db.read.select().from(tickets)).toMatchObject([{ state: 'open' }]);
  });
});
