/** What may stand where the database should, and what the start says of it. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteClient from 'better-sqlite3';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { realDeps } from '../core/deps.ts';
import { createLog } from '../core/log.ts';
import { openSqlite } from '../db/sqlite.ts';
import { openProgramDatabase } from './database.ts';
import type { AppOptions } from './options.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tolov-'));
  chmodSync(folder, 0o755);
  path = join(folder, 'tolov.db');
  const mine = folder;
  onTestFinished(() => rmSync(mine, { recursive: true }));
});

async function start(asked = {}): Promise<void> {
  const config = {
    database: { engine: 'sqlite', path },
    mode: 'live',
    backup: { dir: join(folder, 'backups') },
  };
  const log = createLog({ level: 'silent', format: 'json', scrub: (text) => text });
  const deps = realDeps();
  const db = await openProgramDatabase({ config, deps, log, asked } as unknown as AppOptions);
  await db.close();
}

const withSqlite = (work: (client: SqliteClient.Database) => void): void => {
  const client = new SqliteClient(path);
  work(client);
  client.close();
};

/** All that stands in the folder: names, rights, bytes. */
function picture(): Record<string, unknown> {
  const names = readdirSync(folder).filter((name) => !name.endsWith('-lock'));
  return Object.fromEntries(
    ['.', ...names].map((name) => {
      const found = statSync(join(folder, name));
      const text = found.isFile() ? readFileSync(join(folder, name), 'latin1') : '';
      return [name, [found.mode, text]];
    }),
  );
}

/** What the start says, and whether it left everything as it was. */
async function refusal(): Promise<string> {
  const before = picture();
  const said = await start().then(String, (error: unknown) => String(error));
  return JSON.stringify(picture()) === JSON.stringify(before) ? said : `something changed: ${said}`;
}

describe('what is no database is refused by its name and left as it is', () => {
  it.each([
    ['junk', 'not a database, though somebody called it one'.repeat(100)],
    ['a few bytes', 'x'],
    ['zeros', '\0'.repeat(8192)],
  ])('%s', async (_, text) => {
    writeFileSync(path, text, { mode: 0o644 });
    expect(await refusal()).toMatch(
      /^UnusableError: .*what is in it is no database: .* restore the newest copy \(npm run/,
    );
  });

  it.each([
    ['packed', '\u001f\u008b\u0008'],
    ['encrypted', 'age-encryption.org/v1\n-> X25519'],
  ])('a copy that is %s', async (_, text) => {
    writeFileSync(path, Buffer.from(text, 'latin1'), { mode: 0o644 });
    expect(await refusal()).toMatch(
      /^UnusableError: .*it is a packed copy\. Move it away and restore it/,
    );
  });

  it('a folder', async () => {
    mkdirSync(path, { mode: 0o755 });
    expect(await refusal()).toMatch(/^UnusableError: .*tolov\.db is a folder\. Move it away/);
  });

  it('a lock that holds something', async () => {
    await start();
    writeFileSync(`${path}-lock`, 'junk'.repeat(1000));
    expect(await refusal()).toMatch(/^UnusableError: .*tolov\.db-lock is not the empty file/);
  });
});

describe('a database that is not for this program is refused and left as it is', () => {
  it("another program's, also one that keeps its migrations as ours does", async () => {
    withSqlite((client) => client.exec('CREATE TABLE photos (name text)'));
    chmodSync(path, 0o644);
    expect(await refusal()).toMatch(/^Error: .* is another program's database/);
    withSqlite((client) => {
      client.exec('CREATE TABLE __drizzle_migrations (id, hash text, created_at numeric)');
      client.exec("INSERT INTO __drizzle_migrations VALUES (1, 'theirs', 1700000000000)");
    });
    expect(await refusal()).toMatch(/^Error: .* is another program's database/);
  });

  const seeNewer = (): void =>
    withSqlite((client) =>
      client.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9e12)"),
    );

  it("a newer version's", async () => {
    await start();
    chmodSync(folder, 0o755);
    seeNewer();
    withSqlite((client) => client.pragma('application_id = 0'));
    expect(await refusal()).toMatch(
      /^Error: .* was worked on by a newer version .* Start the newer version/,
    );
  });

  it('but for one that the newer version says an older one can work on', async () => {
    await start();
    const note = (): unknown => {
      const client = new SqliteClient(path, { readonly: true });
      const noted = client.pragma('application_id', { simple: true });
      client.close();
      return noted;
    };
    const needed = note();
    expect(needed).toBeGreaterThan(20);
    seeNewer();
    withSqlite((client) => client.pragma(`application_id = ${Number(needed) + 1}`));
    await expect(start()).rejects.toThrow(/newer version/);
    withSqlite((client) => client.pragma(`application_id = ${Number(needed)}`));
    await start();
    expect(note()).toBe(needed);
  });
});

it('a link that leads to no database is no new one, unless that is asked for', async () => {
  const disk = join(folder, 'disk');
  symlinkSync(join(disk, 'tolov.db'), path);
  const words = /is a link that leads to no database \(is the disk mounted\?\).* --new-database$/;
  await expect(start()).rejects.toThrow(words);
  mkdirSync(disk);
  await expect(start()).rejects.toThrow(words);
  expect(readdirSync(folder)).toEqual(['disk', 'tolov.db']);
  await start({ newDatabase: true });
  await start();
});

describe('a start goes on', () => {
  it('with an empty file, and with one whose start was cut off before its tables were there', async () => {
    writeFileSync(path, '');
    await expect(start()).resolves.toBeUndefined();
    rmSync(path);
    withSqlite((client) =>
      client.exec('CREATE TABLE __drizzle_migrations (id, hash text, created_at numeric)'),
    );
    await expect(start()).resolves.toBeUndefined();
  });

  it('with a file that another name leads to', async () => {
    await openSqlite(join(folder, 'real.db')).close();
    symlinkSync(join(folder, 'real.db'), path);
    await expect(start()).resolves.toBeUndefined();
  });
});
