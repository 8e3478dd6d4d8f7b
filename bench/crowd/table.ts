/** The figures of the crowd, beside their limits. */
import { type Figure, median, percentile } from '../figures.ts';
import { HANGING_TITLE } from './hang.ts';
import type { Rest } from './payments.ts';
import type { Screens } from './people.ts';
import type { Samples } from './samples.ts';

export interface Crowd {
  minutes: number;
  honest: number;
  spiteful: number;
  /** What these sent, a second. */
  spitePerSecond: number;
  waitingOrders: number;
  screens: Screens;
  samples: Samples;
  rest: Rest;
}

function under(name: string, value: number, limit: number, digits = 0): Figure {
  return { name, value, limit, is: 'under', digits };
}

function busyPercent({ samples: { busyS }, minutes }: Crowd): number {
  return (((busyS.at(-1) ?? 0) - (busyS[0] ?? 0)) / (minutes * 60)) * 100;
}

/** How the program bore it. */
export function loadTable(crowd: Crowd): Figure[] {
  const { minutes, screens, samples, rest } = crowd;
  // The heap takes its size while the program warms up.
  const memoryMb = samples.memoryMb.slice(Math.floor(samples.memoryMb.length / 5));
  const third = Math.ceil(memoryMb.length / 3);
  const first = median(memoryMb.slice(0, third));
  const last = median(memoryMb.slice(-third));
  const seen = screens.others.length + screens.atHanging.length;
  return [
    { name: `people at once, over ${minutes} min`, value: crowd.honest + crowd.spiteful },
    { name: 'orders that wait meanwhile', value: crowd.waitingOrders },
    { name: 'screens a second', value: seen / (minutes * 60), digits: 1 },
    { name: 'payments', value: rest.payments },
    under('delay of the event loop, median of the p99 of 5 s, ms', median(samples.loopP99Ms), 100),
    { name: 'processors busy with the program, % of one', value: busyPercent(crowd) },
    { name: 'delay of the event loop, longest, ms', value: Math.max(...samples.loopMaxMs) },
    { name: 'oldest message waiting to be sent, s', value: Math.max(...samples.outboxOldestS) },
    { name: 'memory in the first third after warming up, MB', value: first },
    under('memory in the last third, MB (a quarter more than in the first)', last, first * 1.25),
    under('paid and not credited, tiyin', rest.lost, 1),
    under('payments nobody was told of', rest.untold, 1),
    under('findings of the audit', rest.findings, 1),
  ];
}

/** In how many parts of equal length a run's memory is shown. */
const PARTS = 6;

/** Does it keep what it should let go? Its memory part by part of the run, and what was left at the end. */
export function memoryTable({ minutes, samples, rest, ...crowd }: Crowd): Figure[] {
  const partMinutes = minutes / PARTS;
  const parts = Array.from({ length: PARTS }, (_, index) => {
    const within = (values: readonly number[]): number[] =>
      values.slice((index * values.length) / PARTS, ((index + 1) * values.length) / PARTS);
    return {
      when: `minutes ${index * partMinutes} to ${(index + 1) * partMinutes}`,
      memoryMb: median(within(samples.memoryMb)),
      // Just after a collection there is the least garbage among it.
      heapMb: Math.min(...within(samples.heapMb)),
    };
  });
  // The first part warms up.
  const [, second] = parts;
  const rows = parts.flatMap(({ when, memoryMb, heapMb }, index) => {
    const heap = `heap at its least, ${when}, MB`;
    return [
      { name: `memory, ${when}, MB`, value: memoryMb },
      index === PARTS - 1
        ? under(
            `${heap} (a tenth more than in the second part)`,
            heapMb,
            (second?.heapMb ?? 0) * 1.1,
          )
        : { name: heap, value: heapMb },
    ];
  });
  return [
    { name: `people at once for ${minutes} min`, value: crowd.honest + crowd.spiteful },
    { name: `payments in ${minutes} min`, value: rest.payments },
    ...rows,
    under(`paid in ${minutes} min and not credited, tiyin`, rest.lost, 1),
    under(`payments in ${minutes} min that nobody was told of`, rest.untold, 1),
    under(`findings of the audit after ${minutes} min`, rest.findings, 1),
  ];
}

/** What the honest notice of the spiteful, and of a payment system that hangs. */
export function spiteTable(crowd: Crowd): Figure[] {
  const { screens, rest } = crowd;
  const { answeredS, afterHangS } = rest.credits;
  const { others, atHanging } = screens;
  const opening = 'opening the order included';
  const waiting = `step that waits for ${HANGING_TITLE}, which hangs`;
  const again = `paid at ${HANGING_TITLE} while its hang was felt, credited after it answers again`;
  const longest = (values: readonly number[]): number => percentile(values, 100);
  return [
    { name: 'spiteful people of all', value: crowd.spiteful },
    { name: 'what they send, a second', value: crowd.spitePerSecond, digits: 1 },
    under(`screen after a tap, ${opening}, p50, ms`, percentile(others, 50), 100),
    under(`screen after a tap, ${opening}, p99, ms`, percentile(others, 99), 1000),
    { name: 'screen after a tap, longest, ms', value: longest(others) },
    { name: `${waiting}: how many`, value: atHanging.length },
    { name: `${waiting}: p99, ms`, value: percentile(atHanging, 99) },
    under('from payment to credit, p99, s', percentile(answeredS, 99), 15, 1),
    under('from payment to credit, longest, s', longest(answeredS), 15, 1),
    { name: `${again}: how many`, value: afterHangS.length },
    { name: `${again}: p99, s`, value: percentile(afterHangS, 99), digits: 1 },
    { name: `${again}: longest, s`, value: longest(afterHangS), digits: 1 },
  ];
}
