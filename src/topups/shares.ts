import type { Priority } from './provider.ts';

/**
 * The share of a request budget each kind of call may fill: polling stops first, so that a person who checks is
 * answered, and both stop before somebody who wants to pay is turned away. Looks at what was paid long ago take no
 * more than a small part from payments that are waited for.
 */
export const SHARE: Readonly<Record<Priority, number>> = {
  create: 1,
  prompt: 0.85,
  poll: 0.6,
  rare: 0.3,
};
