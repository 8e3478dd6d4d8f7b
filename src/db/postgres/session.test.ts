import { expect, it } from 'vitest';
import { PooledSessionError, refusePooledSessions } from './session.ts';

const always = (process: number) => async () => process;

it('two sessions of their own are taken', async () => {
  await expect(refusePooledSessions(always(1), always(2))).resolves.toBeUndefined();
});

it('a pool that gives both the same server is refused', async () => {
  await expect(refusePooledSessions(always(1), always(1))).rejects.toThrow(PooledSessionError);
});

it('a pool that goes round its servers is refused', async () => {
  let turn = 0;
  const next = async (): Promise<number> => (turn += 1) % 5;
  await expect(refusePooledSessions(next, next)).rejects.toThrow('pool_mode = session');
});
