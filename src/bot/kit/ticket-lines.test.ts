import { expect, test } from 'vitest';
import { waitingAsks } from '../pay/wait.ts';
import { loadTexts } from '../locales/texts.ts';
import { sampleBill } from '../samples.fixture.ts';
import type { Parts } from './context.ts';
import { aboutLine } from './ticket-lines.ts';

const PAYLOVS_NAME = 'Плата за электроэнергию';

test.each([
  ['uz', 'Elektr energiyasi'],
  ['uz-Cyrl', 'Электр энергияси'],
  ['en', 'Electricity'],
] as const)('a service is called by the reader’s word for it: %s', async (language, name) => {
  const t = loadTexts()(language);
  const bill = sampleBill({ serviceName: PAYLOVS_NAME });
  const parts = { ownerBills: { get: () => Promise.resolve(bill) } } as unknown as Parts;
  const line = await aboutLine(parts, t, `bill:${bill.id}`);
  expect(line).toContain(name);
  expect(line).not.toContain(PAYLOVS_NAME);
  const waiting = { ...bill, reason: 'short' } as unknown as Parameters<typeof waitingAsks>[1];
  const { text } = waitingAsks(t, waiting);
  expect(text).toContain(name);
  expect(text).not.toContain(PAYLOVS_NAME);
});
