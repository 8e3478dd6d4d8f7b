/** What the documents say that one person may do is what they may. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PERSONS_SHARE } from '../topups/shares.ts';
import { type QuotaAction, type QuotaLimit, QUOTAS } from './limits.ts';

const document = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

const NAMES: Readonly<Record<QuotaAction, string>> = {
  open_order: 'opening an order',
  check_order: '“Check payment”',
  cancel_order: 'cancelling an order',
  account_info: 'looking up an account',
  watch_look: 'looks at watched accounts by night',
  watch_all: 'those of all people together',
  link_card: 'starting to link a card',
  card_link: 'the same for one card, by all people together',
  card_code: 'codes tried for one card',
  new_code: 'asking for another code',
  pay_bill: 'paying a bill',
  receipt: 'asking for a receipt',
  statement: 'asking for a statement as a file',
  ask_to_pay: 'asking others to pay',
  invite_home: 'inviting into a home',
  open_ticket: 'asking the staff',
  write_ticket: 'messages to the staff',
};

const SPANS = new Map([
  [15 * 60_000, 'in 15 minutes'],
  [3_600_000, 'an hour'],
  [86_400_000, 'a day'],
]);

function words(limits: readonly QuotaLimit[]): string {
  return limits.map(({ most, perMs }) => `${most} ${SPANS.get(perMs)}`).join(', ');
}

function row(name: string): string | undefined {
  const found = document.split('\n').find((line) => line.startsWith(`| ${name} `));
  return found?.split('|')[2]?.trim();
}

it.each(Object.entries(QUOTAS.actions))(
  'docs/operations.md has the figures of %s',
  (action, own) => {
    expect(row(NAMES[action as QuotaAction])).toBe(words(own));
  },
);

it('docs/operations.md has the figures of sums and of inPAY’s requests', () => {
  expect(row('sums near one base on one card, those at rest, too')).toBe(`${QUOTAS.sumsNearOne}`);
  const { poll, prompt } = PERSONS_SHARE;
  const shares = `${poll * 100} % of an hour's, their checks ${prompt * 100} %`;
  expect(row("inPAY's requests, whatever for")).toBe(shares);
});
