/** What the image, compose.yaml and compose.scale.yaml promise about the machine around the program. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

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

it('is built, started read-only and asked for its health by CI', () => {
  expect(read('.ci/run')).toMatch(/^timeout \d+ scripts\/image\.sh --engine /m);
  const script = read('scripts/image.sh');
  expect(script).toContain('run --detach --read-only --tmpfs /tmp:size=256m --cap-drop ALL');
  // What is asked is the image's own check, which the script reads as a list.
  const check = /^HEALTHCHECK .*\n +CMD (\[.*\])$/m.exec(read('Dockerfile'))?.[1] ?? '';
  expect(JSON.parse(check)).toEqual(['node', '-e', expect.stringContaining('/health')]);
});

it('the documented unit shuts the program in, and lets it compile', () => {
  const unit =
    /^```ini\n(\[Unit\].*?)^```/ms.exec(read('docs/operations.md'))?.[1]?.split('\n') ?? [];
  const needed = [
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'ProtectProc=invisible',
    'RestrictRealtime=yes',
    'SystemCallFilter=@system-service',
    'CapabilityBoundingSet=',
  ];
  expect(needed.filter((line) => !unit.includes(line))).toEqual([]);
  expect(unit.filter((line) => line.startsWith('MemoryDenyWriteExecute'))).toEqual([]);
  // A link that is switched: what the unit starts is the version that was installed last.
  const paths = unit.filter((line) => /^(?:WorkingDirectory|ExecStart)=/.test(line));
  expect(paths).toHaveLength(2);
  expect(paths.filter((line) => !line.includes('=/opt/tolov/current'))).toEqual([]);
});

/** The services of a compose file by name, each as text that `serviceLines` reads. */
function servicesOf(compose: string): Map<string, string> {
  const all = /^services:\n(.*?)^\w/ms.exec(compose)?.[1] ?? '';
  const [, ...parts] = all.split(/^ {2}(?=[\w-]+:)/m);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf(':');
      return [part.slice(0, end), part.slice(end + 1)];
    }),
  );
}

describe('compose.scale.yaml', () => {
  const compose = read('compose.scale.yaml');
  const services = servicesOf(compose);
  const written = ['tolov-1', 'database', 'proxy'] as const;
  const lines = (service: string, key: string): string[] =>
    serviceLines(services.get(service) ?? '', key);

  it('has three equal processes, a database and a proxy', () => {
    expect([...services.keys()]).toEqual(['tolov-1', 'tolov-2', 'tolov-3', 'database', 'proxy']);
    expect(services.get('tolov-1')).toMatch(/^ &tolov\n/);
    for (const name of ['tolov-2', 'tolov-3'])
      expect(services.get(name)?.split('\n')[0]).toBe(' *tolov');
  });

  it.each(written)('%s runs as nobody special, on files it can’t change, within limits', (name) => {
    expect(lines(name, 'read_only')).toEqual(['true']);
    expect(lines(name, 'cap_drop')).toEqual(['ALL']);
    expect(lines(name, 'security_opt')).toEqual(['no-new-privileges:true']);
    expect(lines(name, 'privileged')).toEqual([]);
    expect(lines(name, 'mem_limit')[0]).toMatch(/^\d+[mg]$/);
    expect(Number(lines(name, 'pids_limit')[0])).toBeGreaterThan(0);
    const memory = lines(name, 'tmpfs');
    expect(memory.filter((each) => !/:size=\d+m/.test(each))).toEqual([]);
    expect(lines(name, 'healthcheck').some((each) => each.startsWith('test:'))).toBe(true);
    expect(Number.parseInt(lines(name, 'stop_grace_period')[0] ?? '', 10)).toBeGreaterThan(0);
    expect(lines(name, 'cap_add')).toEqual(name === 'proxy' ? ['NET_BIND_SERVICE'] : []);
  });

  it.each(['database', 'proxy'])('%s is not root, whatever its image says', (name) => {
    expect(lines(name, 'user')[0]).toMatch(/^'[1-9]\d*:[1-9]\d*'$/);
  });

  it('names the versions of the images it takes from elsewhere', () => {
    for (const name of ['database', 'proxy'])
      expect(lines(name, 'image')[0]).toMatch(/^[a-z]+:\d+[\d.]*-[a-z]+$/);
  });

  it('lets nobody in but through the proxy', () => {
    expect(lines('proxy', 'ports')).toEqual(["'80:8080'", "'443:8443'"]);
    for (const name of ['tolov-1', 'database']) expect(lines(name, 'ports')).toEqual([]);
    expect(lines('database', 'networks')).toEqual(['inside']);
    expect(lines('proxy', 'networks')).toEqual(['outside']);
    expect(compose).toMatch(/^networks:\n(?: *#.*\n)* {2}inside:\n {4}internal: true$/m);
    const [upstreams = ''] = /(?<=reverse_proxy ).*(?= \{)/.exec(read('deploy/Caddyfile')) ?? [];
    const processes = [...services.keys()].filter((name) => name.startsWith('tolov-'));
    expect(upstreams.split(' ')).toEqual(processes.map((name) => `${name}:8080`));
  });

  it('has the settings that several processes need, and no secret in it', () => {
    const settings = lines('tolov-1', 'environment');
    expect(settings).toContain("TELEGRAM_WEBHOOK: 'true'");
    expect(settings).toContain("TRUST_PROXY: 'true'");
    expect(settings.filter((line) => line.startsWith('DATABASE_URL: postgres://'))).toHaveLength(1);
    const secret = '${TOLOV_DB_PASSWORD:?set it in .env}';
    const all = written.flatMap((name) => lines(name, 'environment'));
    const withPassword = all.filter((line) => /password|postgres:/i.test(line));
    expect(withPassword.filter((line) => !line.includes(secret))).toEqual([]);
    // The program finishes what it has within 10 s.
    const grace = Number.parseInt(lines('tolov-1', 'stop_grace_period')[0] ?? '', 10);
    expect(grace).toBeGreaterThanOrEqual(15);
  });

  it('has a database that keeps what it committed, and notes single rows', () => {
    const settings = lines('database', 'command').filter((line) => line.includes('='));
    for (const each of ['fsync', 'synchronous_commit', 'full_page_writes', 'archive_mode'])
      expect(settings).toContain(`${each}=on`);
    const least = { transaction: 64, relation: 32, page: 2 };
    for (const [per, usual] of Object.entries(least)) {
      const name = `max_pred_locks_per_${per}=`;
      const value = settings.find((line) => line.startsWith(name))?.slice(name.length);
      expect(Number(value)).toBeGreaterThan(usual);
    }
    expect(lines('database', 'volumes')).toContain('database:/var/lib/postgresql/data');
  });
});
