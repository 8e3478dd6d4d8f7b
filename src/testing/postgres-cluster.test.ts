import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { patience } from './patience.ts';
import { startPostgres } from './postgres-cluster.ts';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a cluster keeps what was committed through a crash, and its addresses', async () => {
  const cluster = await startPostgres({ durable: true });
  onTestFinished(() => cluster.remove());
  const original = await cluster.createDatabase('original');
  await ask(original, 'CREATE TABLE things (name text)');
  await ask(original, "INSERT INTO things VALUES ('kept')");
  const copy = await cluster.createDatabase('copy', 'original');

  await cluster.crash();
  await expect(ask(original, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  await cluster.start();

  expect(await ask(original, 'SELECT name FROM things')).toEqual([{ name: 'kept' }]);
  expect(await ask(copy, 'SELECT name FROM things')).toEqual([{ name: 'kept' }]);
  expect(await ask(original, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  expect(await ask(original, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
});

test('a cluster ends, and its folder goes, when whoever started it is killed', async () => {
  const file = new URL('postgres-cluster.ts', import.meta.url).href;
  const script = `
    const cluster = await (await import('${file}')).startPostgres();
    console.log(cluster.url());
    setInterval(() => undefined, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void starter.kill('SIGKILL'));
  const [url] = (await once(createInterface(starter.stdout), 'line')) as [string];
  const [row] = (await ask(url, 'SHOW data_directory')) as [{ data_directory: string }];
  expect(existsSync(row.data_directory)).toBe(true);

  starter.kill('SIGKILL');

  await vi.waitUntil(() => !existsSync(row.data_directory), { timeout: patience(60_000) });
  await expect(ask(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
});
