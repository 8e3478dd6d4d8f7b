/** One run from one seed: some days with everything that can go wrong, then a quiet time, then the reckoning. */
import { checkNow, type Violation } from './checks.ts';
import { Fates } from './fates.ts';
import { checkAtTheEnd } from './final-checks.ts';
import { decideAll, liveAsOwner } from './owner.ts';
import { Phone } from './phone.ts';
import type { PostgresCluster } from '../src/testing/postgres-cluster.ts';
import { createPostgresStore } from './postgres-store.ts';
import { inpayBudget, Stage } from './stage.ts';
import { createFileStore } from './store.ts';
import { ALL, type Unkind } from './unkind.ts';
import { Unkindness } from './unkindness.ts';
import { liveByMonths, liveWithNights, liveWithSigns } from './months.ts';
import { monthsAreKept } from './months-checks.ts';
import { liveAsUser } from './user.ts';
import { budgetIsKept, noUnexpectedErrors, nothingLeaks } from './watch.ts';
import { OWNER } from './world.ts';
import { DAY_MS, HOUR_MS } from '../src/core/calendar.ts';

/** Longer than late payments are waited for, and any payment is looked into. */
const QUIET_HOURS = 9;
const FIRST_USER = 501;
/** What inPAY allows beside what the program allows itself: 100 an hour (inpay.txt) beside 90. */
const INPAY_LIMIT = 100 / 90;
const STORY_LINES = 60;
const LONG_STORY_LINES = 2000;

export interface RunOptions {
  seed: number;
  days: number;
  users: number;
  /** Else the books are in a SQLite file. */
  postgres?: PostgresCluster | undefined;
  /** Faults of the world beside the usual ones; those of `USUAL` when left out. */
  unkind?: readonly Unkind[] | undefined;
  /** A name (of a person, an order, a system) whose story is told even if nothing fails. */
  tell?: string | undefined;
  /** People live by months: few errands, and bills that pay themselves. The clock is right then. */
  byMonths?: boolean | undefined;
  /** Called before the reckoning: a test of the reckoning changes something behind the program's back. */
  meddle?: (stage: Stage) => void;
}

export interface RunResult {
  options: RunOptions;
  /** Of everything that happened: equal for equal seeds. */
  hash: string;
  violations: Violation[];
  /** What led to the first violation. */
  story: string[];
  figures: Figures;
}

interface Figures {
  lives: number;
  exchanges: number;
  ordersPaid: number;
  billsPaid: number;
  /** Of those that nobody tapped for. */
  paidThemselves: number;
  messages: number;
}

export async function run(options: RunOptions): Promise<RunResult> {
  const { seed, postgres, byMonths } = options;
  const unkind = (options.unkind ?? ALL).filter((each) => !byMonths || each !== 'clock_leaps');
  const store = postgres ? await createPostgresStore(postgres) : createFileStore();
  const stage = await Stage.create(seed, { store, unkind });
  try {
    const violations = await play(stage, options);
    return resultOf(stage, options, violations);
  } finally {
    await stage.close();
  }
}

async function play(
  stage: Stage,
  { days, users, byMonths, meddle }: RunOptions,
): Promise<Violation[]> {
  stage.isByMonths = byMonths === true;
  const found: Violation[] = [];
  const isFine = (): boolean => {
    found.push(...checkNow(stage));
    return found.length === 0;
  };
  const fates = new Fates(stage, { ofTheClock: byMonths !== true });
  const unkindness = new Unkindness(stage);
  const ids = Array.from({ length: users }, (_, index) => FIRST_USER + index);
  const people = ids.map((id) => new Phone(stage, id));
  const owner = new Phone(stage, OWNER);
  stage.inBackground(stage.start());
  const live = byMonths ? liveByMonths : liveAsUser;
  for (const person of people) stage.inBackground(live(person));
  if (byMonths) {
    stage.inBackground(liveWithSigns(new Phone(stage, OWNER)));
    stage.inBackground(liveWithNights(stage));
  }
  stage.inBackground(liveAsOwner(owner, ids));
  stage.inBackground(fates.live());
  unkindness.begin();
  await stage.run(stage.time.now + days * DAY_MS, isFine);
  if (found.length > 0) return found;
  stage.tell('world', 'nothing goes wrong any more');
  stage.isClosing = true;
  fates.end();
  unkindness.end();
  stage.scene.weather.clear();
  stage.inBackground(calmDown(stage, { people, owner }));
  await stage.run(stage.time.now + QUIET_HOURS * HOUR_MS, isFine);
  await stage.endLife();
  if (found.length > 0) return found;
  meddle?.(stage);
  return [
    ...(await checkAtTheEnd(stage)),
    ...budgetIsKept(stage, Math.ceil(inpayBudget(stage.chance) * INPAY_LIMIT)),
    ...nothingLeaks(stage),
    ...noUnexpectedErrors(stage),
    ...monthsAreKept(stage),
  ];
}

/** Everybody comes back, and the owner decides what is left. */
async function calmDown(
  stage: Stage,
  { people, owner }: { people: readonly Phone[]; owner: Phone },
): Promise<void> {
  await owner.pause(HOUR_MS, HOUR_MS);
  for (const person of people) if (person.isBlocking) person.unblock();
  while (stage.time.now < Infinity) {
    await decideAll(owner);
    await owner.pause(HOUR_MS, 2 * HOUR_MS);
  }
}

function resultOf(stage: Stage, options: RunOptions, violations: Violation[]): RunResult {
  const about = options.tell === undefined ? (violations[0]?.about ?? []) : [options.tell];
  const isTold = violations.length > 0 || options.tell !== undefined;
  return {
    options,
    hash: stage.scene.story.hash(),
    violations,
    story: !isTold
      ? []
      : stage.scene.story.tell(about, options.tell === undefined ? STORY_LINES : LONG_STORY_LINES),
    figures: {
      lives: stage.lives,
      exchanges: stage.scene.exchanges.length,
      ordersPaid: stage.truth.paidOrders().length,
      billsPaid: stage.truth.transactions().filter(({ state }) => state === 'paid').length,
      paidThemselves: stage.books.autoBills().filter(({ state }) => state === 'paid').length,
      messages: stage.chats.said.length,
    },
  };
}
