/** The owner writes to everybody, presses twice, and stops it now and then. */
import { buttonsOf, type Phone } from './phone.ts';

export async function writeToEverybody(phone: Phone): Promise<void> {
  const { chance, stage } = phone;
  const text = `news-${stage.truth.broadcasts.length + 1}-`;
  stage.truth.broadcasts.push({ text, begunAt: stage.time.now });
  if (!(await phone.after(() => phone.type('/broadcast'), /A message to everybody/))) return;
  if (!(await phone.after(() => phone.type(text), /Choose who gets it/))) return;
  const question = await phone.after(() => phone.tap(/Send…/), /Send it to \d+ people/);
  const yes = question && buttonsOf(question).find((label) => label.includes('Yes, send it'));
  if (!question || !yes) return;
  for (let times = chance.between(1, 3); times > 0; times -= 1) phone.press(question, yes);
  if (chance.is(0.7)) return;
  await phone.pause(0, 3000);
  await phone.after(() => phone.tap(/⏹ Stop/), /Stop it\?/);
  phone.tap(/Yes, stop/);
}
