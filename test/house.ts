/** The plan of the house: which files there are, what each imports, and what of that is not allowed. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** By file, the project's own files that it imports; of types alone as well. */
type Imports = ReadonlyMap<string, readonly string[]>;

/**
 * The rooms of `src/` from the ground up: each knows those below it, and nobody beside it or above. Nothing is known by
 * all but what stands in `core`.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ['core'],
  ['client', 'db'],
  ['settings'],
  ['ledger', 'users', 'quotas', 'processes', 'names'],
  ['outbox'],
  ['staff', 'requests', 'homes'],
  ['topups', 'broadcast', 'support'],
  ['providers', 'bills'],
  ['books', 'monthly'],
  ['reports', 'backup', 'copy'],
  ['receipts'],
  ['jobs', 'bot', 'http'],
  ['web'],
  ['app', 'setup'],
];

/** Whose each table is: that room alone reads it and writes to it. */
export const TABLES: Readonly<Record<string, readonly string[]>> = {
  db: ['meta'],
  settings: ['terms'],
  processes: ['processes', 'duties'],
  users: ['users'],
  ledger: ['accounts', 'entries', 'lines', 'entrySeals', 'holds'],
  names: ['givenNames'],
  quotas: ['quotaUses'],
  outbox: ['outbox', 'alarms', 'chatMoves', 'messagePlaces'],
  staff: ['adminActions', 'signIns', 'staffLog'],
  requests: ['requests'],
  homes: ['homes', 'homeMembers', 'homeAccounts', 'homeInvitations'],
  topups: [
    'topups',
    'topupHistory',
    'reservedSums',
    'providerEvents',
    'providerRequests',
    'providerStates',
    'suspenseItems',
  ],
  broadcast: ['broadcasts'],
  bills: ['bills', 'billHistory', 'savedAccounts', 'cards', 'serviceRules'],
  monthly: ['waitingBills', 'watches', 'autoPayments'],
  support: ['tickets', 'ticketMessages'],
  books: ['reports'],
  bot: ['inbox', 'conversationStates'],
};

/** Who reads other rooms' tables as well, and why. */
const READERS: Readonly<Record<string, string>> = {
  db: 'opens, copies and walks through tables, whatever is in them',
  books: 'compares what every room has written down with the ledger',
  reports: 'joins what every room knows of a payment, for a file or a picture',
  backup: 'looks into a copy whether it is whole, and ends there what waited',
  copy: 'compares two databases',
};

/** What everything in the bot may know of it. */
const COMMON: ReadonlySet<string> = new Set(['kit', 'locales']);

/** What a subject of the bot may know besides what is common to all, and why. */
export const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  // Whoever pays may link a card on the way: that story is told within theirs. Or they ask somebody else to pay.
  pay: ['cards', 'requests'],
  // One command looks everywhere, and shows what it finds as it is shown there.
  'desk/search': ['desk/orders', 'desk/bills', 'desk/suspense'],
  // What a receipt says is said there, to who paid and to the staff.
  'desk/receipts': ['receipts'],
  // Whoever asks after money is shown beside what is nobody's yet, as that is listed there.
  'desk/support': ['desk/suspense'],
  // What is told later looks as it does where it is asked for.
  news: [
    'topup',
    'pay',
    'requests',
    'homes',
    'watch',
    'desk/kit',
    'desk/bills',
    'desk/books',
    'desk/broadcast',
    'desk/approvals',
    'desk/orders',
    'desk/people',
    'desk/suspense',
    'desk/support',
    'support',
  ],
  // Whatever the staff does to money, or to what people pay, goes through one question and its confirmation.
  'desk/bills': ['desk/approvals'],
  'desk/orders': ['desk/approvals'],
  'desk/people': ['desk/approvals'],
  'desk/suspense': ['desk/approvals'],
  'desk/settings': ['desk/approvals'],
  // The page shows the questions of the chat, and decides as the chat does.
  'desk/page': ['desk/approvals'],
};

/** What `*.test.ts` and `*.fixture.ts` share beside the code. */
const TEST_ONLY = /\.(?:test|fixture)\.ts$|^src\/testing\/|\/fixtures[\w-]*\.ts$/;

/**
 * What rooms say of what the columns of their tables hold. The schema knows these files, and is known by every room: they
 * know no tables, as the test of circles sees to.
 */
const SAID_OF_COLUMNS =
  /^src\/(?:core\/.+|topups\/(?:states|provider)|quotas\/limits|outbox\/kinds|requests\/states|monthly\/states|support\/states|bills\/(?:states|paylov\/(?:errors|types)))\.ts$/;

/** Of what runs; what only tests need is left out, and so is what only they import. */
export function importsOf(root: string): Imports {
  const files = globSync('{src,sandbox,drizzle}/**/*.{ts,mjs}', { cwd: root });
  const running = files.filter((file) => !TEST_ONLY.test(file));
  return new Map(
    running.map((file): [string, string[]] => [file, readImports(join(root, file), dirname(file))]),
  );
}

const IMPORT = /(?:\bfrom|\bimport|\bimport\(|\bdeclare module)\s*'(\.[^']+)'/g;

function readImports(path: string, folder: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(IMPORT)].map(([, to = '']) => normalize(join(folder, to)));
}

const FROM_TABLES = /import (?:type )?\{([^}]*)\} from '[\w./]+\/db\/tables\.ts';/g;

/** By file, the tables that it imports; of those files alone that `importsOf` knows. */
export function tablesOf(root: string, imports: Imports): ReadonlyMap<string, readonly string[]> {
  const all = [...imports].flatMap(([file, to]): [string, string[]][] => {
    if (!to.includes('src/db/tables.ts')) return [];
    const found = readFileSync(join(root, file), 'utf8').matchAll(FROM_TABLES);
    const names = [...found].flatMap(([, list = '']) => list.split(','));
    // All of them at once are nobody's.
    return [[file, names.length === 0 ? ['*'] : names.map(namedIn).filter(Boolean)]];
  });
  return new Map(all);
}

/** Of `type bills as rows` the name where it comes from. */
function namedIn(words: string): string {
  return (
    words
      .trim()
      .replace(/^type /, '')
      .split(' ')[0] ?? ''
  );
}

/** Tables in the hands of a room that does not own them, as `file -> table`. */
export function foreignTables(tables: ReadonlyMap<string, readonly string[]>): string[] {
  return [...tables].flatMap(([file, names]) => {
    const room = roomOf(file);
    if (room in READERS) return [];
    return names
      .filter((name) => !TABLES[room]?.includes(name))
      .map((name) => `${file} -> ${name}`);
  });
}

/** Imports that the plan does not allow, as `file -> file`. */
export function forbidden(imports: Imports): string[] {
  return [...imports].flatMap(([from, all]) =>
    all.filter((to) => !isAllowed(from, to)).map((to) => `${from} -> ${to}`),
  );
}

function isAllowed(from: string, to: string): boolean {
  // The sandbox stands around the program and may know all of it.
  if (from.startsWith('sandbox/')) return true;
  if (from.startsWith('drizzle/')) return to.startsWith('drizzle/') || SAID_OF_COLUMNS.test(to);
  if (TEST_ONLY.test(to)) return false;
  if (from === 'src/main.ts' || to === 'package.json') return true;
  if (from === 'src/start.mjs') return to === 'src/main.ts' || to === 'src/core/quick-imports.mjs';
  const [here, there] = [roomOf(from), roomOf(to)];
  if (to.startsWith('drizzle/')) return here === 'db';
  if (!to.startsWith('src/')) return false;
  if (here !== there) return floorOf(there) < floorOf(here);
  return here !== 'bot' || areNeighbours(from, to);
}

export function roomOf(file: string): string {
  return file.split('/')[1] ?? '';
}

/** A room that stands on no floor may neither know another nor be known. */
function floorOf(room: string): number {
  const floor = FLOORS.findIndex((rooms) => rooms.includes(room));
  return floor < 0 ? Number.NaN : floor;
}

/** `topup`, `desk/orders`; null for what puts the bot, or its desk, together. */
export function subjectOf(file: string): string | null {
  const [, , first, second, third] = file.split('/');
  if (second === undefined) return null;
  if (first !== 'desk') return first ?? null;
  return third === undefined ? null : `desk/${second}`;
}

function areNeighbours(from: string, to: string): boolean {
  const [here, there] = [subjectOf(from), subjectOf(to)];
  if (here === null || here === there) return true;
  if (there === null) return false;
  if (here === 'locales') return false;
  if (COMMON.has(there)) return here !== 'kit' || there === 'locales';
  if (there === 'desk/kit' && here.startsWith('desk/')) return true;
  return NEIGHBOURS[here]?.includes(there) ?? false;
}

/** Files that can't be understood without themselves: those in a circle, or between two. */
export function inCircles(imports: Imports): string[] {
  const left = new Set(imports.keys());
  const imported = (file: string): string[] =>
    (imports.get(file) ?? []).filter((each) => left.has(each));
  for (let before = -1; before !== left.size;) {
    before = left.size;
    const known = new Set([...left].flatMap(imported));
    for (const file of left) {
      if (!known.has(file) || imported(file).length === 0) left.delete(file);
    }
  }
  return [...left].toSorted();
}
