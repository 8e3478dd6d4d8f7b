/** A service that asks for more than anybody would: the real client and catalogue behind the dialog. */
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { isToken, startPaylovTest, tokenReply } from '../../bills/paylov/testing.fixture.ts';
import { json, type Reply } from '../../providers/testing.fixture.ts';
import { labels } from '../bot.fixture.ts';
import { type PayStage, startPayStage } from '../pay.fixture.ts';

const SELECTS = 100;
const VALUES = 1000;

const SERVICE = {
  service_id: 'large',
  name: 'Chiqindi',
  category: { id: 3, name: 'Kommunal' },
  amount: { min: 500, max: 5_000_000 },
  is_active: true,
  has_info_method: false,
  can_cancel: true,
};

/** Every second select depends on the one before it. */
function select(index: number): object {
  const depends = index % 2 === 1;
  return {
    name: `place_${index}`,
    title: `Joy ${index}`,
    type: 'select',
    content: 'text',
    required: true,
    dependency_of: depends ? `place_${index - 1}` : null,
    values: Array.from({ length: VALUES }, (_, value) => ({
      value: `v${index}-${value}`,
      title: `Маҳалла ${value}`,
      ...(depends ? { filter: `v${index - 1}-${value % 10}` } : {}),
    })),
  };
}

function sizeOf(reply: Reply): number {
  return JSON.stringify(reply).length;
}

let pay: PayStage;
beforeEach(async () => {
  const paylov = await startPaylovTest();
  onTestFinished(() => paylov.close());
  const fields = Array.from({ length: SELECTS }, (_, index) => select(index));
  const form = json({ result: { data: [{ ...SERVICE, fields }] } });
  expect(sizeOf(form)).toBeGreaterThan(4 * 1024 * 1024);
  // Enough services to be far beyond what other answers may have.
  const others = Array.from({ length: 3000 }, (_, n) => {
    return {
      ...SERVICE,
      service_id: `s${n}`,
      name: `Xizmat ${n}`,
      category: { id: 4, name: 'Boshqa' },
    };
  });
  const list = json({ result: { services: [...others, SERVICE] } });
  expect(sizeOf(list)).toBeGreaterThan(256 * 1024);
  paylov.loopback.serve((request) => {
    if (isToken(request)) return tokenReply(1);
    return request.path.includes('/list/') ? list : form;
  });
  pay = await startPayStage();
  pay.bills.paylov.services = () => paylov.paylov.services();
  pay.bills.paylov.fields = (id) => paylov.paylov.fields(id);
  pay.bills.forget();
});

it('a hundred selects with a thousand values stay usable', async () => {
  const { stage, bills } = pay;
  await stage.say('/pay');
  await stage.say('chiqindi');
  const { screen } = await stage.tap('Waste');
  expect(labels(screen)).toContain(`1 / ${VALUES / 8}`);
  await stage.tap('Маҳалла 3');
  // Only what belongs to the third: 3, 13, 23 …
  expect(labels(stage.last()).slice(0, 2)).toEqual(['Маҳалла 3', 'Маҳалла 13']);
  expect(labels(stage.last())).toContain('1 / 13');
  expect(labels(await stage.say('mahalla 993'))[0]).toBe('Маҳалла 993');
  await stage.tap('Маҳалла 993');
  for (let index = 2; index < SELECTS; index += 1) {
    expect(stage.last().text).toContain(`Choose: Joy ${index}`);
    await stage.tap('Маҳалла 0');
  }
  const confirm = await stage.say('5000');
  expect(confirm.text).toContain('Joy 0: Маҳалла 3');
  expect(confirm.text).toContain('Joy 99: Маҳалла 0');
  const { screen: receipt } = await stage.tap('✅ Pay');
  expect(receipt.text).toContain('The bill is paid');
  expect(receipt.text).toContain('Joy 1: Маҳалла 9');
  const [request] = bills.confirmed;
  expect(Object.keys(request?.account ?? {})).toHaveLength(SELECTS);
  expect(request?.account).toMatchObject({ place_0: 'v0-3', place_1: 'v1-993', place_99: 'v99-0' });
  await stage.tap('Pay again');
  expect(stage.last().text).toContain('check and confirm');
});
