/**
 * What of all tests a run takes. `npm test` takes those that a change is tried with, each where it proves something:
 * minutes. `npm run test:ci`, and `.ci/run` with it, takes the long ones too: each test, on the engines on which it
 * proves something. `npm run test:all` takes every test on every engine it can run on. A file that is named to vitest
 * runs as in the latter: nothing that is asked for is left out.
 */
import type { TestsByEngine } from './engines.ts';

/** Files, or folders with a slash at the end, that `npm test` leaves to `npm run test:ci`, and why. */
export const LONG: Record<string, string> = {
  'test/kill': 'the real process killed again and again; `npm run crashes` does it more often',
  'test/many.test.ts': 'three real processes and a PostgreSQL killed while people pay',
  'test/fairness.test.ts': 'crowds before a payment system that hangs',
  'test/flood.test.ts': 'hundreds of messages from one person',
  'test/fuzz/': 'odd input at every door of the whole program',
  'test/disk.test.ts': 'the real process on a disk that fills up',
  'test/bad-days.test.ts':
    'two dozen starts of the real process, which loses its file, its log or its port',
  'sandbox/program/program.test.ts':
    'the sandbox and its program as real processes, ended and started again',
  'src/bot/kit/fuzz.test.ts': 'hundreds of random steps from many seeds',
  'src/bot/kit/standard-cases.test.ts':
    'every wait of every story: restarted, repeated, tapped twice',
  'src/bills/property.test.ts': 'lives of bills from many seeds',
  'src/bills/crash.test.ts': 'a bill that is broken off after each of its steps',
  'test/update.test.ts': 'deploy/update.sh on a repository and processes of its own',
  'test/setup': 'a dozen real processes on terminals, which people read and type at',
  'test/browser/': 'the page of the sandbox in a real Chromium',
  'simulate/simulate': 'whole days from many seeds; `npm run simulate` takes more of them',
  'src/copy/copy-command.test.ts':
    'a dozen real processes, some killed; what they do is in copy.test.ts',
};

/**
 * Rooms, or files, whose tests run on both engines in each `npm test` and at CI, and why: where money moves, where processes
 * share work through the database, and the seam between both engines. All others reach the database through that
 * seam only, which these prove, and run on SQLite.
 */
export const ON_BOTH: Record<string, string> = {
  'src/db/': 'the seam itself',
  'src/copy/': 'from one engine to the other',
  'src/ledger/': 'every entry of money',
  'src/topups/': 'orders become money',
  'src/bills/': 'money is spent',
  'src/books/': 'the books are looked through',
  'src/bot/desk/approvals/': 'owners move money: who asks, who agrees, who carries out',
  'src/bot/desk/people/people-money.test.ts': 'owners move money: by hand',
  'src/bot/desk/suspense/': 'owners move money: what nobody claimed',
  'src/outbox/sender.test.ts': 'news of money, claimed by one process at a time',
  'src/quotas/': 'counted by all processes together',
  'src/processes/': 'processes take over from each other',
  'src/bot/inbox/': 'updates, claimed by one process at a time',
  'test/topup.test.ts': 'the whole program, from /topup to the balance',
  'test/bills.test.ts': 'the whole program, from the balance to the bill',
  'test/requests.test.ts': 'the whole program, one pays what another asked for',
  'test/monthly.test.ts': 'the whole program, what is paid while nobody looks',
  'test/homes.test.ts': 'the whole program, one pays for the home of another',
  'src/requests/': 'one pays what another asked for, once',
  'src/homes/': 'two people pay for one home, once',
  'src/monthly/': 'what is paid while nobody looks, once',
  'test/desk-payments.test.ts': 'the whole program, what owners decide about payments',
};

/** Files of those rooms that move no money, and run on SQLite like others. */
export const NO_MONEY: Record<string, string> = {
  'src/topups/fairness.test.ts': 'whose turn it is to be asked about',
  'src/topups/turns.test.ts': 'whose turn it is to be asked about',
  'src/topups/looks.test.ts': 'when an order is asked about',
  'src/topups/provider-pause.test.ts': 'when a payment system is left in peace',
  'src/topups/list.test.ts': 'what a person is shown',
  'src/bills/fairness.test.ts': 'what one person may ask for',
  'src/bills/rate.test.ts': 'what one person may ask for',
  'src/bills/figures.test.ts': 'what owners are shown',
  'src/bills/shown.test.ts': 'what a payer is shown before anything moves',
  'src/bills/watched.test.ts': 'what owners hear about Paylov',
  'src/bills/phones.test.ts': 'whether Paylov gets a phone',
  'src/bills/others.test.ts':
    'cards, saved accounts, the catalogue, and what a comparison with Paylov says',
  'src/bills/simulated.test.ts': 'the client of Paylov; test/bills.test.ts has it on both',
};

/** What `choice` takes: `quick`, `ci`, or `all`, which is what no choice at all takes. */
export function chosen(tests: TestsByEngine, choice = 'all'): TestsByEngine {
  if (choice === 'all') return tests;
  if (choice !== 'quick' && choice !== 'ci') {
    throw new Error(`TESTS is "${choice}", and may be "quick", "ci" or "all".`);
  }
  const onSqlite = new Set(tests.sqlite);
  const isTaken = (path: string): boolean => choice === 'ci' || !isLong(path);
  return {
    sqlite: tests.sqlite.filter(isTaken),
    postgres: tests.postgres.filter(
      (path) => isTaken(path) && (!onSqlite.has(path) || runsOnBoth(path)),
    ),
  };
}

function isLong(path: string): boolean {
  return isNamed(path, LONG);
}

function runsOnBoth(path: string): boolean {
  return isNamed(path, ON_BOTH) && !isNamed(path, NO_MONEY);
}

function isNamed(path: string, names: Record<string, string>): boolean {
  return Object.keys(names).some((name) => path.startsWith(name));
}
