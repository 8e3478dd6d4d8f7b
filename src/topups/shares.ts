import type { Priority } from './provider.ts';

/**
 * The share of a request budget each kind of call may fill: polling stops first, so that a person who checks is
 * answered, and both stop before somebody who wants to pay is turned away. The rest is for what the provider reports as paid:
 * nobody can use it up but who pays. Looks at what was paid long ago take no more than a small part from payments that
 * are waited for.
 */
export const SHARE: Readonly<Record<Priority, number>> = {
  report: 1,
  create: 0.9,
  prompt: 0.8,
  poll: 0.6,
  rare: 0.3,
};

/**
 * The share that one person's requests of all kinds may have reached: whoever opens, checks and cancels without end leaves
 * the others theirs. An order at inPAY is asked about eleven times in its hour; checks stop a little before, so that a person who
 * pressed too often is still looked at. What the provider reports does not stop.
 */
export const PERSONS_SHARE: Readonly<Record<Priority, number>> = {
  report: 1,
  create: 0.2,
  prompt: 0.15,
  poll: 0.2,
  rare: 0.2,
};
