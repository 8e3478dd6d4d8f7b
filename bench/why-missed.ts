/**
 * Why a figure is beyond its limit, for whoever reads the table: by its name. Numbers are taken from the same run, so that a
 * sentence is never older than its table.
 */

import { CODE, heapName, mappedName, NATIVE, NODE, TEXT, V8 } from './idle-memory.ts';
import { PROFILE_PLACES, shareName } from './profile.ts';

/** Stands where a figure is missing. */
export const NOT_MEASURED = '(not measured)';

/** What was measured in the same table, as it is shown there. */
export type Values = (name: string) => string;

/** The shares of a profile by their places, as one sentence. */
function profileOf(of: string, values: Values): string {
  const shares = PROFILE_PLACES.map((place) => ({ place, share: values(shareName(of, place)) }));
  const found = shares.filter(({ share }) => share !== NOT_MEASURED && share !== '0');
  return `of its time by the profile: ${found.map(({ place, share }) => `${share} % ${place}`).join(', ')}.`;
}

const STEP = 'a step of a top-up';
const LOOK = 'processor for one /balance, ms';
const BARE_LOOK = 'bare grammY bot with SQLite: processor for one /balance, ms';
const BARE_STEP = 'bare grammY bot with SQLite: processor for one step of a dialog, ms';
const CREDIT_OF_FEW = 'processor for a credit after 10,000 payments, µs';

function age(after: string): (values: Values) => string {
  const few = 'after 10,000 payments';
  return (values) =>
    `${values(CREDIT_OF_FEW)} µs became ${values(`processor for a credit ${after}, µs`)}: the pages that a credit changes no longer lie beside those of the one before, nor all in the cache of the database. Its reads of the file go from ${values(`reads of the file for a credit ${few}`)} to ${values(`reads of the file for a credit ${after}`)}, and what it writes from ${values(`KB written for a credit ${few}`)} KB to ${values(`KB written for a credit ${after}`)}; ${profileOf(`a credit ${after}`, values)} The statements are the same.`;
}

export const WHY_MISSED: Readonly<Record<string, (values: Values) => string>> = {
  'processor for one /balance, as a multiple of the bare bot': (values) =>
    `one look takes ${values(LOOK)} ms, the bare bot's ${values(BARE_LOOK)}: the program keeps each update before it answers, limits floods, knows the language and waits for its commit.`,
  'processor for one step of a top-up, as a multiple of the bare /balance': (values) =>
    `a step has more to do than a look: a step of the bare bot's dialog takes ${values(BARE_STEP)} ms, and every fourth step of a top-up opens an order at a payment system. One of the program's takes ${values('processor for one step of a top-up, ms')} ms; ${profileOf(STEP, values)}`,
  'updates/s of one process on one core, p99 of a screen under 500 ms': (values) =>
    `the bare bot keeps up with ${values('bare bot, likewise, of 800 at most')} on the same core. Whoever sends, and the simulated Telegram, share the machine.`,
  'tap to screen, 200 people, p99, ms': (values) =>
    `half of the screens take ${values('tap to screen, 200 people, p50, ms')} ms, and of the bare bot's, beside the same people and the same simulated Telegram, one of a hundred takes ${values('bare bot: tap to screen, 200 people, p99, ms')}. The slowest are steps that open an order: they wait for the payment system.`,
  'memory under load of 200 people, MB': (values) =>
    `the bare bot takes ${values('bare bot: memory under load of 200 people, MB')} MB under the same people. Much of the program's is what V8 lets pile up before it collects, on a machine that has more to spare; on a small server it collects earlier.`,
  'durable credits, ratio to bare': (values) =>
    `bare rows have no states compared, sums checked, entries hashed and balances moved: ${profileOf('durable credits', values)}`,
  'PostgreSQL, 2 processes: durable credits/s': (values) =>
    `two processes that do nothing but send the same statements by the bare driver make ${values('bare driver of PostgreSQL, same rows and groups, 2 processes: credits/s')} credits a second on this machine, which the database and whoever measures share. The program's two are busy for ${values('PostgreSQL, 2 processes: processors busy with the program, % of one')} % of one processor; ${profileOf('PostgreSQL, 2 processes', values)} Writing to a socket on the same machine hands the processor to the server, which counts for the socket.`,
  'webhook answered at 500/s, p99, ms': (values) =>
    `the sender of the 500 runs on the same processors. The bare server that stores them takes ${values('bare server that stores them, at 500/s, p99, ms')} ms then, and one commit alone ${values('one bare durable commit, p99, ms: the disk now')} ms; half of the program's answers take ${values('webhook answered, p50, ms')} ms; ${profileOf('webhooks and their sender', values)}`,
  'sweep over 100,000 orders: processor, ms': (values) =>
    `the same sweep over 1,000 orders takes ${values('the same sweep over 1,000 orders: processor, ms')} ms: what grows is the search among those that are due.`,
  'sweep over 100,000 orders: memory, MB': (values) =>
    `the process that is measured also writes the orders before it sweeps; the sweep takes ${values('sweep over 100,000 orders: processor, ms')} ms of processor.`,
  'calls of one sweep over 100,000 orders, budget 100': () =>
    'a sweep asked more often than its payment system allows: this is a mistake, look for it.',
  'ready after the very first start, ms': (values) =>
    `once in a life: Node compiles all code without its cache, and every table is made. It takes ${values('processor until ready, the very first start, ms')} ms of processor, later starts ${values('processor until ready, ms')}.`,
  'ready after a start, ms': (values) =>
    `${values('processor until ready, ms')} ms of it are computed: libraries loaded from the cache of compiled code, the database opened and checked. The rest is waited for: the first answers of Telegram, the disk, and a processor that is free; ${profileOf('a start', values)}`,
  'idle memory, MB': (values) =>
    `a Node that waits for requests and does nothing else holds ${values('idle memory of a Node that waits for requests, MB')} of them, and the bare bot ${values('idle memory of the bare bot, MB')}. By what is mapped ${values(mappedName(NODE))} are the pages of Node's own program that were used, ${values(mappedName(V8))} the heap of V8, ${values(mappedName(NATIVE))} what SQLite and Node allocate, where Node keeps the compiled code that it read from its cache. In the heap the text of all loaded files and libraries is ${values(heapName(TEXT))}, which V8 holds to compile from, their compiled code ${values(heapName(CODE))}.`,
  'processor for a credit after 1,000,000 payments of 200,000 people, as a multiple of that': age(
    'after 1,000,000 payments of 200,000 people',
  ),
  'processor for a credit after 10,000,000 payments of 2,000,000 people, as a multiple of that':
    age('after 10,000,000 payments of 2,000,000 people'),
  'installed, after npm run slim, MB': (values) =>
    `of ${values('installed by npm ci --omit=dev, MB')} MB, what no file of the program opens is taken away; CONTRIBUTING.md says what takes most of the rest.`,
  'on 512 MB: processes killed for want of memory': (values) =>
    `the program itself took ${values('on 512 MB: most memory of the program itself, MB')} MB at most: something beside it did not fit.`,
  'delay of the event loop, median of the p99 of 5 s, ms': (values) =>
    `the program was busy for ${values('processors busy with the program, % of one')} % of one processor, and the people and the simulated servers share the machine with it.`,
  'memory in the last third, MB (a quarter more than in the first)': (values) =>
    `it was ${values('memory in the first third after warming up, MB')} MB in the first third. Whether it goes on growing is seen in the hour of load below.`,
  'heap at its least, minutes 50 to 60, MB (a tenth more than in the second part)': (values) =>
    `between the tenth minute and the twentieth it was ${values('heap at its least, minutes 10 to 20, MB')} MB, between the fortieth and the fiftieth ${values('heap at its least, minutes 40 to 50, MB')}: how much garbage there is among it depends on when it was looked at.`,
  'screen after a tap, opening the order included, p50, ms': (values) =>
    `the spiteful send ${values('what they send, a second')} a second meanwhile, and all of them share the machine with the program.`,
  'screen after a tap, opening the order included, p99, ms': (values) =>
    `half of the screens take ${values('screen after a tap, opening the order included, p50, ms')} ms, and the spiteful send ${values('what they send, a second')} a second meanwhile.`,
  'from payment to credit, p99, s': () =>
    'orders are asked about in turns, each at most every ten seconds, and those of a system that hangs wait for it.',
  'from payment to credit, longest, s': (values) =>
    `ninety-nine of a hundred took ${values('from payment to credit, p99, s')} s at most; orders are asked about in turns, each at most every ten seconds.`,
  'the longest wait for a screen meanwhile, s': () =>
    'a process that was killed starts again while another takes over what it had begun, and the database was stopped twice.',
};
