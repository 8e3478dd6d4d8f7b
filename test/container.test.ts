/** What the image and compose.yaml promise about the machine around the program. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, ROOT), 'utf8');

/** The lines of a list or the value under a key of the service, without indentation. */
function serviceLines(compose: string, key: string): string[] {
  const lines = compose.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`    ${key}:`));
  const value = lines[start]?.slice(`    ${key}:`.length).trim() ?? '';
  const inner = lines.slice(start + 1);
  const end = inner.findIndex((line) => !/^ {6}|^ *#/.test(line));
  const list = inner.slice(0, end).map((line) => line.trim().replace(/^- /, ''));
  return value === '' ? list.filter((line) => !line.startsWith('#')) : [value];
}

it('runs as nobody special, on files it can’t change', () => {
  const compose = read('compose.yaml');
  expect(serviceLines(compose, 'read_only')).toEqual(['true']);
  expect(serviceLines(compose, 'cap_drop')).toEqual(['ALL']);
  expect(serviceLines(compose, 'security_opt')).toEqual(['no-new-privileges:true']);
  expect(serviceLines(compose, 'tmpfs')).toEqual(['/tmp:size=256m']);
  expect(serviceLines(compose, 'privileged')).toEqual([]);
  expect(serviceLines(compose, 'cap_add')).toEqual([]);
  // Reached through a proxy of this machine only.
  expect(serviceLines(compose, 'ports')).toEqual(["'127.0.0.1:${PORT:-8080}:${PORT:-8080}'"]);
  const stage =
    read('Dockerfile')
      .split(/^FROM /m)
      .at(-1) ?? '';
  const users = [...stage.matchAll(/^USER (.*)$/gm)].map(([, user]) => user);
  expect(users).toEqual(['node']);
  // What is kept is written there and nowhere else.
  const kept = /^VOLUME (.*)$/m.exec(stage)?.[1]?.split(' ');
  expect(serviceLines(compose, 'volumes').map((line) => line.split(':')[1])).toEqual(kept);
  // Whatever was copied belongs to root: the program can't change itself.
  expect(stage).not.toMatch(/^COPY .*--chown/m);
  expect(stage.slice(stage.indexOf('USER node'))).not.toMatch(/^(?:RUN|COPY|ADD) /m);
});

it('takes into the image what the program needs, without secrets', () => {
  const allowed = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(
    ([, files]) => (files ?? '').split(' '),
  );
  expect([...new Set(copied)].toSorted()).toEqual(allowed.toSorted());
  expect(allowed.filter((file) => !existsSync(new URL(file, ROOT)))).toEqual([]);
  expect(allowed.filter((file) => /env|data/.test(file))).toEqual([]);
  expect(read('Dockerfile')).toContain('npm ci --omit=dev --ignore-scripts');
});
