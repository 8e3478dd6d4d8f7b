/** What is seen from outside at all times: how often payment systems are asked, and what is written where. */
import type { Violation } from './checks.ts';
import type { Stage } from './stage.ts';
import { TOKEN, WEBHOOK_SECRET } from './world.ts';
import { HOUR_MS } from '../src/core/calendar.ts';

/** By inPAY's own clock, in any hour. Its pages for payers do not count. */
export function budgetIsKept(stage: Stage, requestsPerHour: number): Violation[] {
  const times = stage.scene.exchanges
    .filter(({ call, given }) => call.host === 'inpay' && given !== null)
    .filter(({ call }) => call.url.pathname.startsWith('/api/'))
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
  return times.flatMap((at, index) => {
    const first = times[index - requestsPerHour];
    if (first === undefined || first <= at - HOUR_MS) return [];
    return [{ what: `inPAY was asked over ${requestsPerHour} times in an hour`, about: ['inpay'] }];
  });
}

/** Names of settings whose values nobody may read anywhere. */
const SECRET_SETTINGS = /TOKEN|KEY|SECRET|PASSWORD/;

export function nothingLeaks(stage: Stage): Violation[] {
  const secrets = [
    TOKEN,
    WEBHOOK_SECRET,
    ...stage.truth.cardNumbers,
    ...Object.entries(stage.world.settings).flatMap(([name, value]) =>
      SECRET_SETTINGS.test(name) ? [value] : [],
    ),
  ];
  const places = [
    ...stage.log.map((text) => ({ place: 'the log', text })),
    ...stage.chats.said.map(({ chatId, text }) => ({ place: `the chat of ${chatId}`, text })),
  ];
  return places.flatMap(({ place, text }) => {
    const leaked =
      secrets.find((secret) => text.includes(secret)) ?? /fake\.\w{40}/.exec(text)?.[0];
    return leaked === undefined ? [] : [{ what: `${place} holds ${leaked}: ${text}`, about: [] }];
  });
}

/** What a living program logs as an error although nothing but its surroundings went wrong. */
const EXPECTED_ERRORS: readonly RegExp[] = [
  // The payment systems' and Telegram's troubles.
  /"msg":"inbox: an update was given up"/,
  /"msg":"inbox: a handler did not end in time; its chat goes on without it"/,
  /"msg":"outbox: trying again"/,
  /"job":"bills-reconcile".*Paylov did not list its payments/,
  // A comparison found rows that can't be read, and no other difference.
  /"event":"bills_differ","findings":\[(?:"[^"]*listed at Paylov as paid, and its row can't be read",?)+\]/,
  // What becomes of them is an owner's decision, and it is checked that there is one.
  /"msg":"a bill needs an owner"/,
];

export function noUnexpectedErrors({ log }: Stage): Violation[] {
  return log
    .filter((line) => line.startsWith('{"level":"error"'))
    .filter((line) => !EXPECTED_ERRORS.some((expected) => expected.test(line)))
    .map((line) => ({ what: `logged: ${line.slice(0, 1500).trim()}`, about: [] }));
}
