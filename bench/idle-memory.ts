/** Where the memory of a process that waits for requests is: by the kernel's list of what is mapped, and by V8's own snapshot of its heap. */
import { type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from './figures.ts';

export const NODE = 'Node’s own program';
export const NATIVE = 'what SQLite and Node allocate';
/** In the order of the table; the first that fits counts it. */
const MAPPED: readonly [place: string, fits: (file: string) => boolean][] = [
  [NODE, (file) => file.endsWith('/node')],
  ['other programs it loads', (file) => file.startsWith('/')],
  [NATIVE, (file) => file === '[heap]'],
];
export const V8 = 'the heap of V8, and what is mapped without a name';

export function mappedFigures(pid: number): Figure[] {
  const kb = new Map<string, number>();
  let place = V8;
  for (const line of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
    const mapping = /^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \S+\s*(.*)$/.exec(line);
    if (mapping) place = MAPPED.find(([, fits]) => fits(mapping[1] ?? ''))?.[0] ?? V8;
    const resident = /^Rss:\s+(\d+) kB/.exec(line);
    if (resident) kb.set(place, (kb.get(place) ?? 0) + Number(resident[1]));
  }
  return [...MAPPED.map(([name]) => name), V8].map((name) => ({
    name: mappedName(name),
    value: (kb.get(name) ?? 0) / 1024,
  }));
}

export function mappedName(place: string): string {
  return `idle memory, by what is mapped: ${place}, MB`;
}

interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[]] } };
  nodes: number[];
}

export const TEXT = 'text, that of all loaded files above all';
export const CODE = 'compiled code';
/** Kinds of a snapshot's nodes that stand together in the table; all others are objects. */
const KINDS: Readonly<Record<string, string>> = {
  string: TEXT,
  'concatenated string': TEXT,
  'sliced string': TEXT,
  code: CODE,
  array: 'lists and tables',
};
const OBJECTS = 'objects and functions';

/** Flags of Node for a process that is to write a snapshot, and the snapshot's shares once it is asked for it. */
export function heapSnapshots(): {
  flags: string[];
  figuresOf(child: ChildProcess): Promise<Figure[]>;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-bench-heap-'));
  return {
    flags: ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${folder}`],
    async figuresOf(child) {
      child.kill('SIGUSR2');
      return heapFigures(await writtenIn(folder));
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** It is written by and by: it is whole once it can be read. */
async function writtenIn(folder: string): Promise<Snapshot> {
  for (let tries = 0; tries < 300; tries += 1) {
    await sleep(200);
    const [file] = readdirSync(folder);
    if (file === undefined) continue;
    try {
      return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Snapshot;
    } catch {
      // Not yet.
    }
  }
  throw new Error('the program wrote no snapshot of its heap');
}

function heapFigures({ snapshot: { meta }, nodes }: Snapshot): Figure[] {
  const width = meta.node_fields.length;
  const [types] = meta.node_types;
  const at = {
    type: meta.node_fields.indexOf('type'),
    size: meta.node_fields.indexOf('self_size'),
  };
  const bytes = new Map<string, number>();
  for (let from = 0; from < nodes.length; from += width) {
    const kind = KINDS[types[nodes[from + at.type] ?? 0] ?? ''] ?? OBJECTS;
    bytes.set(kind, (bytes.get(kind) ?? 0) + (nodes[from + at.size] ?? 0));
  }
  return [...bytes].map(([kind, size]) => ({ name: heapName(kind), value: size / 1024 / 1024 }));
}

export function heapName(kind: string): string {
  return `idle memory, by a snapshot of V8’s heap: ${kind}, MB`;
}
