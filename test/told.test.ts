/** What docs/operations.md says of metrics and of the log is what there is: each name in its table, and nothing else. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createMetrics } from '../src/core/metrics.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (file: string): string => readFileSync(ROOT + file, 'utf8');
const operations = read('docs/operations.md');

/** What stands in backticks in the first column of a section's tables. */
function firstColumn(section: string): string[] {
  const text = operations.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  const cells = [...text.matchAll(/^\| ([^|]*)\|/gm)].map(([, cell]) => cell ?? '');
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));
}

const sources = globSync('src/**/*.ts', { cwd: ROOT })
  .filter((file) => !/\.(?:test|fixture)\.ts$|^src\/testing\//.test(file))
  .map(read);

describe('the table of the log', () => {
  const told = new Set(firstColumn('Logs'));
  const logged = sources.flatMap((text) =>
    [...text.matchAll(/\bevent: '([\w.]+)'|'(provider\.\w+)'/g)].map(
      ([, event, strayed]) => event ?? strayed ?? '',
    ),
  );

  it('has each event that the code logs', () => {
    expect(logged.length).toBeGreaterThan(40);
    expect([...new Set(logged)].filter((event) => !told.has(event))).toEqual([]);
  });

  it('has no event that nobody logs', () => {
    const all = sources.join('\n');
    const isLogged = (event: string): boolean =>
      // Of the clock there are three, with the kind of the leap for an ending.
      all.includes(`'${event}'`) || (event.startsWith('clock_') && all.includes('`clock_${kind}`'));
    const events = [...told].filter((name) => /^(?:provider\.)?[a-z_]+$/.test(name));
    expect(events.filter((event) => !isLogged(event))).toEqual([]);
  });
});

describe('the table of metrics', async () => {
  const { registry } = createMetrics({ processId: 'p', build: { version: '1', database: 'd' } });
  const ours = await registry.getMetricsAsJSON();

  it('has each metric of ours, and none that there is not', () => {
    const names = firstColumn('Metrics').map((name) => name.replace(/\{.*/, ''));
    const told = names.filter((name) => name.startsWith('tolov_'));
    expect(told.toSorted()).toEqual(ours.map(({ name }) => name).toSorted());
  });
});

it('a metric ends in _total where it counts, and nowhere else', async () => {
  const metrics = await createMetrics().registry.getMetricsAsJSON();
  const counters = metrics.filter(({ type }) => String(type) === 'counter');
  const totals = metrics.filter(({ name }) => name.endsWith('_total'));
  expect(totals.map(({ name }) => name)).toEqual(counters.map(({ name }) => name));
  expect(totals.length).toBeGreaterThan(5);
});
