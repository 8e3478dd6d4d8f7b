/** Orders of one sum on one card that one transfer may have paid, side by side. */
import type { Topup } from '../../../topups/topup.ts';
import { seenAt } from '../../../topups/twins.ts';
import type { UserRow } from '../../../users/users.ts';
import type { Translate } from '../../locales/texts.ts';
import { dateTime, money, personName, stateIcon } from '../../kit/format.ts';
import { PROVIDER_TITLES } from '../../kit/way-title.ts';

export interface Twin {
  topup: Topup;
  /** Null for somebody who was never stored. */
  user: UserRow | null;
}

/** The lines of the order and of its twins; nothing when it has none. */
export function twinLines(
  t: Translate,
  { twins, ...own }: Twin & { twins: readonly Twin[] },
): string[] {
  if (twins.length === 0) return [];
  return ['', t('payments-twins'), ...[own, ...twins].flatMap((each) => oneOf(t, each))];
}

function timeOf(time: number | null): string {
  return time === null ? '—' : dateTime(time);
}

function oneOf(t: Translate, { topup, user }: Twin): string[] {
  const { id, provider, state, amountTiyin, createdAt, endedAt } = topup;
  return [
    '',
    t('payments-twin', {
      icon: stateIcon(state),
      id,
      provider: PROVIDER_TITLES[provider],
      sum: money(t, amountTiyin),
      state: t(`state-${state}`),
    }),
    t('owner-money-user', { name: user ? personName(user) : '—', id: String(topup.userId) }),
    t('payments-twin-times', {
      created: timeOf(createdAt),
      ended: timeOf(endedAt),
      paid: timeOf(seenAt(topup)),
    }),
  ];
}

/** The warning before somebody credits an order by hand: whom the same transfer may have been credited to. */
export function twinWarnings(t: Translate, twins: readonly Twin[]): string[] {
  return twins.map(({ topup, user }) =>
    t(topup.state === 'paid' ? 'payments-twin-credited' : 'payments-twin-came', {
      id: topup.id,
      name: user ? personName(user) : String(topup.userId),
      date: dateTime(seenAt(topup) ?? topup.createdAt),
    }),
  );
}
