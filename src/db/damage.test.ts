import {
  openSync,
  closeSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFile } from '../testing/sqlite-file.ts';
import { damageAside, damageIn, QUICK_BYTES, quickDamageIn } from './damage.ts';
import { meta } from './tables.ts';

/** A closed file of some pages. */
async function closedFile(): Promise<string> {
  const file = temporaryFile();
  onTestFinished(() => file.remove());
  const rows = Array.from({ length: 500 }, (_, i) => ({ key: `key ${i}`, value: 'x'.repeat(500) }));
  await file.db.tx((tx) => tx.insert(meta).values(rows));
  await file.db.close();
  return file.path;
}

/** As a bad disk does. */
function harm(path: string): void {
  const page = 4096;
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.indexOf('key 250') / page) * page;
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(page, 0x5a), 0, page, at);
  closeSync(file);
}

it('a whole file has none', async () => {
  const path = await closedFile();
  expect(damageIn(path)).toEqual([]);
  expect(quickDamageIn(path)).toEqual([]);
  expect(await damageAside(path)).toEqual([]);
});

it('a page that the disk spoilt is found, in a thread as well', async () => {
  const path = await closedFile();
  harm(path);
  expect(quickDamageIn(path)).not.toEqual([]);
  expect(await damageAside(path)).toEqual(damageIn(path));
});

it('a file that was cut off is found', async () => {
  const path = await closedFile();
  truncateSync(path, Math.floor(statSync(path).size / 2 / 4096) * 4096);
  expect(quickDamageIn(path)).not.toEqual([]);
});

it('a large file is not looked at while somebody waits', async () => {
  const path = await closedFile();
  truncateSync(path, QUICK_BYTES + 1);
  expect(quickDamageIn(path)).toBeNull();
});

it('what is no database is said to be none', async () => {
  const path = await closedFile();
  writeFileSync(path, 'not a database, though somebody called it one'.repeat(100));
  expect(() => quickDamageIn(path)).toThrow('file is not a database');
  await expect(damageAside(path)).rejects.toThrow('file is not a database');
});
