/** What was credited by hand and may be an order's money, and orders whose money somebody is about to credit by hand. */
import type { HandCredit } from '../../../topups/by-hand.ts';
import { seenAt } from '../../../topups/twins.ts';
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
} as const satisfies Record<HandCredit['kind'], string>;

/** Which money, whose it became, who did it, when. */
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
 * and others'. `userId`: who is to get it, where that is known.
 */
export function alikeLines(t: Translate, alike: readonly Topup[], userId?: number): string[] {
  return alike.map((topup) => {
    const seen = seenAt(topup);
    const isOthers = userId !== undefined && topup.userId !== userId;
    const open = isOthers ? 'payments-alike-other' : 'payments-alike-open';
    return t(seen === null ? open : 'payments-alike-paid', {
      id: topup.id,
      provider: PROVIDER_TITLES[topup.provider],
      sum: money(t, topup.paidTiyin ?? topup.amountTiyin),
      date: dateTime(seen ?? topup.createdAt),
    });
  });
}
