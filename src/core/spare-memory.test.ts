import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { giveBackMemory } from './spare-memory.ts';

const heapMb = (): number => process.memoryUsage().heapTotal / 2 ** 20;

test('what is no longer in use goes back to the system, and V8 is set as before', () => {
  const used: (object[] | null)[] = [Array.from({ length: 1_000_000 }, (_, at) => ({ at }))];
  const before = heapMb();
  used[0] = null;
  giveBackMemory();
  expect(heapMb()).toBeLessThan(before - 20);
  expect(runInNewContext('typeof gc')).toBe('undefined');
});
