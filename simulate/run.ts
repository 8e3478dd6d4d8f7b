/** One run from one seed. */
import { openOrder, pay } from './topping-up.ts';
import { Phone } from './phone.ts';
import { createStage } from './stage.ts';

export async function thin(seed: number) {
  const stage = await createStage({
    seed,
    weather: ({ chance }) => (call) => call.url.pathname.endsWith('/getUpdates') ? ({name: '', beforeMs: 0, afterMs: 0, arrives: true, answer: (given) => given}) : ({
      name: '',
      beforeMs: chance.between(10, 60),
      afterMs: chance.between(10, 60),
      arrives: true,
      answer: (given) => given,
    }),
  });
  void stage.start();
  const user = new Phone(stage, 501);
  const main = async () => {
    await user.pause(1000, 5000);
    await user.after(() => user.type('/start'), /Choose a language/);
    await user.after(() => user.tap(/English/), /Hello/);
    const shown = await openOrder(user, 'payfer');
    await user.pause(10000, 50000);
    if (shown) pay(user, shown);
  };
  void main();
  await stage.run(stage.time.now + 24 * 3600_000);
  return stage;
}
