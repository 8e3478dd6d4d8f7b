/** Two owners and an operator at the desk, and what waits in the outbox for each. */
import { outbox } from '../../../db/tables.ts';
import { userBalance } from '../../../ledger/ledger.ts';
import type { OutboxKind, OutboxParams } from '../../../outbox/kinds.ts';
import { ALI, type BotStage, OWNER, startBotStage } from '../../bot.fixture.ts';
import type { StaffOptions } from '../../../staff/staff.ts';

export const SECOND = { id: 901, firstName: 'Second', languageCode: 'en' };
export const OPERATOR = { id: 910, firstName: 'Operator', languageCode: 'en' };

/** Two owners, and a limit of 100 000 so'm. */
export async function twoOwners(staff: Partial<StaffOptions> = {}): Promise<BotStage> {
  const stage = await startBotStage({
    adminIds: [OWNER.id, SECOND.id],
    staff: { dualControlAboveTiyin: 10_000_000, operatorIds: [OPERATOR.id], ...staff },
  });
  for (const person of [SECOND, OPERATOR]) stage.telegram.user(person);
  for (const { id } of [ALI, OWNER, SECOND]) await stage.meet(id);
  return stage;
}

export async function available(stage: BotStage, userId = ALI.id): Promise<number> {
  return (await userBalance(stage.db.read, userId)).availableTiyin;
}

/** What waits in the outbox for a chat. */
export async function waiting(stage: BotStage, chatId: number): Promise<string[]> {
  const rows = await stage.db.read.select().from(outbox);
  return rows.filter((row) => row.chatId === chatId).map(({ kind }) => kind);
}

/** Sends what waits for a chat, as the outbox would; a message again only when `kind` names it. */
export async function deliver(stage: BotStage, chatId: number, kind: OutboxKind): Promise<void> {
  const rows = await stage.db.read.select().from(outbox);
  const row = rows.findLast((each) => each.chatId === chatId && each.kind === kind);
  if (!row) throw new Error(`no ${kind} waits for ${chatId}`);
  const params = row.params as unknown as OutboxParams[typeof kind];
  const rendered = await stage.bot.render(kind, params, { chatId, language: 'en' });
  if (rendered?.method !== 'send') throw new Error(`${kind} has nothing to say`);
  await stage.bot.bot.api.sendMessage(chatId, rendered.text, {
    parse_mode: 'HTML',
    ...(rendered.keyboard ? { reply_markup: rendered.keyboard } : {}),
  });
}
