/** What is delivered for Prometheus and Grafana: its own tool takes it, and it asks for nothing that there is not. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { findProgram } from '../src/testing/programs.ts';
import { poll, type Stage, startStage } from './stage.ts';

const DEPLOY = fileURLToPath(new URL('../deploy/', import.meta.url));
const promtool = findProgram('promtool');

const read = (file: string): string => readFileSync(DEPLOY + file, 'utf8');

if (promtool === null) console.warn('!!! promtool is not installed: the rules are not tried');

test.skipIf(promtool === null).each([
  ['check', 'config', '--syntax-only', 'prometheus.yml'],
  ['check', 'rules', 'rules.yml'],
  ['test', 'rules', 'rules.test.yml'],
])('promtool %s %s', (...args) => {
  const run = spawnSync(promtool ?? '', args, { cwd: `${DEPLOY}prometheus`, encoding: 'utf8' });
  expect(run.stdout + run.stderr).toMatch(/SUCCESS|0 rule files found/);
  expect(run.status).toBe(0);
});

test('each alert is tried', () => {
  const names = [...read('prometheus/rules.yml').matchAll(/- alert: (\w+)/g)];
  expect(names.length).toBeGreaterThan(10);
  const tried = read('prometheus/rules.test.yml');
  // One that is not expected to ring once may as well be wrong: promtool would not say so.
  const rings = new Set(
    [...tried.matchAll(/alertname: (\w+)\n +exp_alerts:\n/g)].map(([, name]) => name),
  );
  const silent = names.map(([, name]) => name).filter((name) => !rings.has(name));
  expect(silent).toEqual(['InboxStuck']);
});

const dashboardSchema = z.object({
  uid: z.string(),
  panels: z.array(
    z.object({
      id: z.int(),
      title: z.string(),
      type: z.string(),
      gridPos: z.object({ h: z.int(), w: z.int(), x: z.int(), y: z.int() }),
      targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).optional(),
    }),
  ),
});
const { panels } = dashboardSchema.parse(JSON.parse(read('grafana/dashboards/tolov.json')));

interface Asked {
  where: string;
  expr: string;
}

function askedFor(): Asked[] {
  const rules = read('prometheus/rules.yml');
  const ofRules = [...rules.matchAll(/expr: (?:>-\n)?((?:.|\n {10})*)/g)].map(([, expr = '']) => ({
    where: 'rules.yml',
    expr,
  }));
  const ofPanels = panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ where: title, expr })),
  );
  return [...ofRules, ...ofPanels];
}

let stage: Stage;
/** By metric: of each label the values that were seen. */
const exported = new Map<string, Map<string, Set<string>>>();

beforeAll(async () => {
  stage = await startStage();
  // Some gauges come with the first sweep.
  await poll(stage);
  const text = await (await fetch(`${stage.baseUrl}/metrics`)).text();
  for (const [, name = ''] of text.matchAll(/^# TYPE (\w+)/gm)) exported.set(name, new Map());
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)\{(.*)\} /gm)) {
    const known = exported.get(name) ?? new Map<string, Set<string>>();
    exported.set(name, known);
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g)) {
      known.set(label, (known.get(label) ?? new Set()).add(value));
    }
  }
});
afterAll(() => stage.close());

/** What Prometheus adds by itself. */
const ADDED = new Set(['job', 'instance']);

/** `[name, labels that are compared]` of each series in an expression. */
function seriesIn(
  expr: string,
): { name: string; matchers: { label: string; values: string[] }[] }[] {
  const series = expr.matchAll(/\b((?:tolov|nodejs|process)_\w+)(?:\{([^}]*)\})?/g);
  return [...series].map(([, name = '', inside = '']) => {
    const matchers = [...inside.matchAll(/(\w+)(?:=~?|!~?)"([^"]*)"/g)];
    return {
      name,
      matchers: matchers.map(([, label = '', values = '']) => ({
        label,
        values: values.split('|'),
      })),
    };
  });
}

/** A histogram has three names; where it has labels its buckets come only with the first value. */
function plain(name: string): string {
  const base = name.replace(/_(?:bucket|sum|count)$/, '');
  return exported.has(base) ? base : name;
}

describe('dashboard and rules', () => {
  const asked = askedFor();

  it('ask for something', () => {
    expect(asked.filter(({ where }) => where === 'rules.yml').length).toBeGreaterThan(10);
    expect(asked.length).toBeGreaterThan(35);
    expect(asked.filter(({ expr }) => seriesIn(expr).length === 0 && !/\bup\{/.test(expr))).toEqual(
      [],
    );
  });

  it('name metrics that the program has, by labels and values that these have', () => {
    const wrong = asked.flatMap(({ where, expr }) =>
      seriesIn(expr).flatMap(({ name, matchers }) => {
        const labels = exported.get(plain(name));
        if (!labels) return [`${where}: there is no ${name}`];
        return matchers
          .filter(({ label }) => !ADDED.has(label))
          .flatMap(({ label, values }) =>
            values
              .filter((value) => !labels.get(label)?.has(value))
              .map((value) => `${where}: ${name} has no ${label}="${value}"`),
          );
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('group by labels that their metrics have', () => {
    const wrong = asked.flatMap(({ where, expr }) => {
      const known = new Set([
        ...seriesIn(expr).flatMap(({ name }) =>
          Array.from(exported.get(plain(name))?.keys() ?? []),
        ),
        ...(expr.includes('_bucket') ? ['le', 'provider', 'call', 'source'] : []),
      ]);
      const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, by = '']) =>
        by.split(', '),
      );
      return grouped.filter((label) => !known.has(label)).map((label) => `${where}: by ${label}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('has no two panels on one place, nor with one id', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)}:${y + Math.floor(i / w)}`),
    );
    expect(new Set(places).size).toBe(places.length);
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });

  it('shows what the program exports, but what only says who answers', () => {
    const shown = new Set(
      askedFor().flatMap(({ expr }) => seriesIn(expr).map(({ name }) => plain(name))),
    );
    const ours = [...exported.keys()].filter(
      (name) => name.startsWith('tolov_') && plain(name) === name,
    );
    const left = ours.filter((name) => !shown.has(name) && !/_(?:bucket|sum|count)$/.test(name));
    expect(left.toSorted()).toEqual([
      'tolov_build_info',
      'tolov_process_info',
      'tolov_telegram_last_updates_timestamp_seconds',
    ]);
  });
});

test('compose.observe.yaml mounts what there is', () => {
  const compose = readFileSync(`${DEPLOY}../compose.observe.yaml`, 'utf8');
  const mounted = [...compose.matchAll(/- \.\/(deploy\/[^:]+):/g)].map(([, path = '']) => path);
  expect(mounted.length).toBeGreaterThan(4);
  const there = (path: string): boolean => {
    const [, folder = '', name = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
    return readdirSync(`${DEPLOY}../${folder}`).includes(name);
  };
  expect(mounted.filter((path) => !there(path))).toEqual([]);
});
