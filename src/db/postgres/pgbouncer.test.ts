/** A real pool in front of a real server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { patience } from '../../testing/patience.ts';
import { type PostgresCluster, startPostgres } from '../../testing/postgres-cluster.ts';
import { unprivileged } from '../../testing/postgres-binaries.ts';
import { findProgram, freePort } from '../../testing/programs.ts';
import { meta } from '../tables.ts';
import { openPostgres } from './open.ts';

const program = findProgram('pgbouncer');
if (program === null) {
  console.warn('\n!!! SKIPPED: PgBouncer. Install it (apt-get install pgbouncer).\n');
}

describe.skipIf(program === null)('behind PgBouncer', { timeout: patience(120_000) }, () => {
  let cluster: PostgresCluster;

  beforeAll(async () => {
    cluster = await startPostgres({ durable: true });
  });
  afterAll(async () => await cluster.remove());

  /** The address of a new database through a pool in that mode. */
  async function pooled(mode: string): Promise<string> {
    const server = new URL(await cluster.createDatabase(`pooled_${mode}`));
    const folder = mkdtempSync(join(tmpdir(), 'tolov-pool-'));
    chmodSync(folder, 0o755);
    const port = await freePort();
    const settings = [
      '[databases]',
      `* = host=${server.hostname} port=${server.port} user=${server.username}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = any',
      `pool_mode = ${mode}`,
    ];
    writeFileSync(join(folder, 'pool.ini'), settings.join('\n'));
    // It refuses to run as root.
    const child = spawn(program ?? '', [join(folder, 'pool.ini')], {
      stdio: 'ignore',
      ...unprivileged(),
    });
    const exited = once(child, 'exit');
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true });
    });
    server.port = String(port);
    return server.href;
  }

  it('a session for each connection is as good as the server itself', async () => {
    const db = openPostgres(await pooled('session'));
    onTestFinished(() => db.close());
    await db.tx((tx) => tx.insert(meta).values({ key: 'a', value: 'b' }));
    expect(await db.read.select().from(meta)).toEqual([{ key: 'a', value: 'b' }]);
  });

  it.each(['transaction', 'statement'])(
    'one for each %s is refused, and nothing is left there',
    async (mode) => {
      const url = await pooled(mode);
      const db = openPostgres(url);
      onTestFinished(() => db.close());
      await expect(db.tx((tx) => tx.insert(meta).values({ key: 'a', value: 'b' }))).rejects.toThrow(
        /can't be used: a pool stands in front of it .*pool_mode = session/,
      );
      const name = new URL(url).pathname.slice(1);
      const direct = openPostgres(cluster.url(name));
      onTestFinished(() => direct.close());
      expect(await direct.read.select().from(meta)).toEqual([]);
    },
  );
});
