/** A PostgreSQL server of its own, for tests: new and empty, on 127.0.0.1 only, gone afterwards. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { folderInMemory } from './memory-folder.ts';
import { findPostgres, HOW_TO_GET_POSTGRES, unprivileged } from './postgres-binaries.ts';
import { createDatabase, queryOnce } from './postgres-query.ts';

export interface PostgresCluster {
  /** The address of one of its databases. `postgres` is there from the start. */
  url(database?: string): string;
  /** Makes a database, empty or a copy of `template`, and gives its address. Nobody may be in the template. */
  createDatabase(name: string, template?: string): Promise<string>;
  /** Stops at once, as a crash does: every connection breaks, what was not committed is gone. */
  crash(): Promise<void>;
  /** Starts again after `crash`, with the same addresses. */
  start(): Promise<void>;
  /** Stops it and deletes its folder. */
  remove(): Promise<void>;
}

interface ClusterOptions {
  /** Commits wait for the disk, as in production. Otherwise nothing does: faster, and a power cut may spoil it. */
  readonly durable?: boolean;
  /** Further settings, as `name=value`. */
  readonly settings?: readonly string[];
  /** The folder that its own is made in; else on a disk if it is durable, in memory if not and there is room. */
  readonly parent?: string;
}

/**
 * Runs the server given in "$@". Sends it SIGQUIT (stop at once) when its own input says so, or ends because whoever
 * started it is no more, however that died; then nobody else would delete the folder.
 */
const KEEPER = `
folder=$1; shift
exec 3<&0
"$@" 3<&- & server=$!
{ read -r word <&3 || touch "$folder/orphaned"; kill -QUIT $server; } & listener=$!
wait $server
kill $listener 2>/dev/null
if [ -e "$folder/orphaned" ]; then rm -rf "$folder"; fi
`;

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'max_connections=200',
  'shared_buffers=64MB',
  // Its worker would sit in the template while a test wants a copy of that.
  'autovacuum=off',
  'max_wal_senders=0',
  'wal_level=minimal',
];
const NOT_DURABLE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

const MAX_ATTEMPTS_TO_START = 3;
const MAX_LOOKS = 2400;
const BETWEEN_LOOKS_MS = 25;

/** Makes and starts a cluster. Throws, saying how to get it, where there is no PostgreSQL. */
export async function startPostgres(options: ClusterOptions = {}): Promise<PostgresCluster> {
  const bin = findPostgres();
  if (bin === undefined) throw new Error(`There is no PostgreSQL here. ${HOW_TO_GET_POSTGRES}`);
  const parent = options.parent ?? (options.durable === true ? tmpdir() : folderInMemory());
  const folder = mkdtempSync(join(parent, 'tolov-postgres-'));
  const person = unprivileged();
  if (person !== undefined) chownSync(folder, person.uid, person.gid);
  try {
    await makeFiles(bin, folder);
    const settings = [
      ...SETTINGS,
      ...(options.durable === true ? [] : NOT_DURABLE),
      ...(options.settings ?? []),
    ];
    return await startOnFreePort(bin, folder, settings);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function makeFiles(bin: string, folder: string): Promise<void> {
  const how = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  await promisify(execFile)(join(bin, 'initdb'), [`--pgdata=${join(folder, 'data')}`, ...how], {
    cwd: folder,
    ...unprivileged(),
  });
}

/** Between our look for a free port and its own use of it somebody else may take it: then another one. */
async function startOnFreePort(
  bin: string,
  folder: string,
  settings: readonly string[],
): Promise<PostgresCluster> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = new Server({ bin, folder, port, settings });
    try {
      await server.start();
      return clusterOf(server, folder, port);
    } catch (error) {
      await server.crash();
      if (attempt === MAX_ATTEMPTS_TO_START) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

interface Place {
  readonly bin: string;
  readonly folder: string;
  readonly port: number;
  readonly settings: readonly string[];
}

class Server {
  readonly #place: Place;
  #keeper: ChildProcess | undefined;

  constructor(place: Place) {
    this.#place = place;
  }

  async start(): Promise<void> {
    const { folder, port } = this.#place;
    const keeper = this.#spawn();
    this.#keeper = keeper;
    for (let look = 0; look < MAX_LOOKS && isRunning(keeper); look += 1) {
      if (await answers(addressOf(port, 'postgres'))) return;
      await sleep(BETWEEN_LOOKS_MS);
    }
    throw new Error(`PostgreSQL did not start:\n${readFileSync(logOf(folder), 'utf8')}`);
  }

  #spawn(): ChildProcess {
    const { bin, folder, port, settings } = this.#place;
    const all = [...settings, `port=${port}`, `unix_socket_directories=${folder}`];
    const command = [join(bin, 'postgres'), '-D', join(folder, 'data')];
    const log = openSync(logOf(folder), 'a');
    const keeper = spawn(
      '/bin/sh',
      ['-c', KEEPER, 'sh', folder, ...command, ...all.flatMap((setting) => ['-c', setting])],
      // Detached: Ctrl-C in a terminal is for the tests, which may still want to end in order.
      { cwd: folder, detached: true, stdio: ['pipe', log, log], ...unprivileged() },
    );
    closeSync(log);
    // It must not keep this process alive: when that ends, the pipe closes and so does the server.
    keeper.unref();
    return keeper;
  }

  async crash(): Promise<void> {
    const keeper = this.#keeper;
    this.#keeper = undefined;
    if (keeper === undefined || !isRunning(keeper)) return;
    const exited = once(keeper, 'exit');
    keeper.ref();
    keeper.stdin?.on('error', () => undefined);
    keeper.stdin?.end('stop\n');
    await exited;
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function logOf(folder: string): string {
  return join(folder, 'server.log');
}

function addressOf(port: number, database: string): string {
  return `postgres://postgres@127.0.0.1:${port}/${database}`;
}

async function answers(url: string): Promise<boolean> {
  return queryOnce(url, 'SELECT 1').then(
    () => true,
    () => false,
  );
}

function clusterOf(server: Server, folder: string, port: number): PostgresCluster {
  return {
    url: (database = 'postgres') => addressOf(port, database),
    createDatabase: (name, template) =>
      createDatabase(addressOf(port, 'postgres'), {
        name,
        ...(template === undefined ? {} : { template }),
      }),
    crash: () => server.crash(),
    start: () => server.start(),
    async remove() {
      await server.crash();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
