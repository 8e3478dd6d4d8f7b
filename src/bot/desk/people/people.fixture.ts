/** One of each role at the desk, and somebody who is none of them. */
import { ALI, type BotStage, OWNER, startBotStage } from '../../bot.fixture.ts';

export const OPERATOR = { id: 910, firstName: 'Operator', languageCode: 'en' };
export const VIEWER = { id: 920, firstName: 'Viewer', languageCode: 'en' };

export async function withStaff(): Promise<BotStage> {
  const stage = await startBotStage({
    staff: { operatorIds: [OPERATOR.id], viewerIds: [VIEWER.id] },
  });
  for (const person of [OPERATOR, VIEWER]) stage.telegram.user(person);
  for (const { id } of [ALI, OWNER, OPERATOR, VIEWER]) await stage.meet(id);
  return stage;
}
