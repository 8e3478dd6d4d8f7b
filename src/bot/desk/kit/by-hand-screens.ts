/** What was credited by hand and may be an order's money, and orders whose money somebody is about to credit by hand. */
import type { HandCredit } from '../../../topups/by-hand.ts';
import { seenAt } from '../../../topups/twins.ts';
import type { Tiyin } from '../../../core/money.ts';
import type { SuspenseItem } from '../../../topups/suspense.ts';
import type { Topup } from '../../../topups/topup.ts';
import type { UserRow } from '../../../users/users.ts';
import { dateTime, escapeHtml, money, personName } from '../../kit/format.ts';
import { PROVIDER_TITLES } from '../../kit/way-title.ts';
import type { Translate } from '../../locales/texts.ts';

export interface Hand {
  credit: HandCredit;
  /** Who has it, and who credited it; null for somebody who was never stored. */
  user: UserRow | null;
  staff: UserRow | null;
}

const TEXTS = {
  credit: 'payments-hand-given',
  suspense_credit: 'payments-hand-given',
  approve: 'payments-hand-approved',
  returned: 'payments-hand-returned',
  debit: 'payments-hand-taken',
} as const satisfies Record<HandCredit['kind'], string>;

/** Which money, whose it became or was taken from, who did it, when. */
export function handLines(t: Translate, hands: readonly Hand[]): string[] {
  return hands.map(({ credit, user, staff }) =>
    t(TEXTS[credit.kind], {
      id: escapeHtml(credit.id),
      sum: money(t, credit.amountTiyin),
      name: user ? personName(user) : String(credit.userId ?? '—'),
      by: staff ? personName(staff) : String(credit.staffId ?? '—'),
      date: dateTime(credit.at),
    }),
  );
}

/** Money that somebody wrote down by hand, and that may be this money written down twice. */
export function foundLines(t: Translate, items: readonly SuspenseItem[]): string[] {
  return items.map(({ id, amountTiyin, provider, createdAt }) =>
    t('payments-alike-item', {
      id,
      sum: money(t, amountTiyin),
      provider: PROVIDER_TITLES[provider],
      date: dateTime(createdAt),
    }),
  );
}

/**
 * Before money is credited by hand: orders that it may be for, paid ones and those that can still be confirmed, the person's own
 * and others'. `credit`: who is to get how much, where that is known.
 */
export function alikeLines(
  t: Translate,
  alike: readonly Topup[],
  credit?: { userId: number; amountTiyin: Tiyin },
): string[] {
  return alike.map((topup) => {
    const seen = seenAt(topup);
    return t(alikeText(topup, credit), {
      id: topup.id,
      provider: PROVIDER_TITLES[topup.provider],
      sum: money(t, topup.paidTiyin ?? topup.amountTiyin),
      date: dateTime(seen ?? topup.createdAt),
    });
  });
}

function alikeText(topup: Topup, credit?: { userId: number; amountTiyin: Tiyin }): string {
  const isOthers = credit !== undefined && topup.userId !== credit.userId;
  const hasThatSum = topup.amountTiyin === credit?.amountTiyin;
  // Its reason names it: whatever sum it is, and whether it was paid, this person's it is not.
  if (isOthers && !hasThatSum) return 'payments-alike-others';
  if (seenAt(topup) !== null) return 'payments-alike-paid';
  return isOthers ? 'payments-alike-other' : 'payments-alike-open';
}
