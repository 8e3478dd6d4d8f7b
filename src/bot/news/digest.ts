/** The morning's message to owners. */
import type { Digest } from '../../books/digest.ts';
import type { ProviderId } from '../../core/payment-systems.ts';
import { deskButton } from '../desk/kit/feature.ts';
import { deskHomeButton } from '../desk/kit/home.ts';
import type { Translate } from '../locales/texts.ts';
import { headLine, shownDay } from '../desk/books/books-screens.ts';
import { dateTime, money } from '../kit/format.ts';
import { PROVIDER_TITLES } from '../kit/way-title.ts';
import { type Screen, screen } from '../kit/screen.ts';

/** `day`: the day that the message is about. */
export function digestMessage(
  t: Translate,
  { day, digest }: { day: string; digest: Digest },
): Screen {
  const { differences } = digest;
  return screen(
    [
      t('digest-title', { day: shownDay(day) }),
      '',
      ...moneyLines(t, digest),
      '',
      ...differenceLines(t, digest),
      caseLine(t, digest),
      uptimeLine(t, digest),
      backupLine(t, digest),
      headLine(t, digest.seal),
    ],
    [
      differences.length === 0
        ? []
        : [deskButton(t('books-menu-reconcile'), { area: 'rec', action: 'day', arg: day })],
      [deskHomeButton(t)],
    ],
  );
}

function backupLine(t: Translate, { backupAt, copiedElsewhere }: Digest): string {
  if (copiedElsewhere) return t('digest-backup-elsewhere');
  return backupAt === null ? t('digest-no-backup') : t('digest-backup', { at: dateTime(backupAt) });
}

function moneyLines(t: Translate, digest: Digest): (string | null)[] {
  const { inByProvider, creditsTiyin, debitsTiyin, floatTiyin } = digest;
  return [
    t('digest-in', { sum: money(t, digest.inTiyin), credited: money(t, digest.creditedTiyin) }),
    ...Object.entries(inByProvider).map(([provider, { tiyin, count }]) =>
      t('digest-in-by', {
        provider: titleOf(provider),
        sum: money(t, tiyin),
        count: String(count),
      }),
    ),
    t('digest-out', { sum: money(t, digest.billsTiyin), count: String(digest.billsCount) }),
    t('digest-fees', { sum: money(t, digest.feesTiyin) }),
    creditsTiyin === 0 && debitsTiyin === 0
      ? null
      : t('digest-by-hand', { credits: money(t, creditsTiyin), debits: money(t, debitsTiyin) }),
    t('digest-users', { sum: money(t, digest.usersTiyin) }),
    floatTiyin === null ? null : t('float-left', { left: money(t, floatTiyin) }),
  ];
}

function differenceLines(
  t: Translate,
  { differences, compared, uncompared }: Digest,
): (string | null)[] {
  return [
    differences.length === 0 && compared > 0 ? t('digest-no-differences') : null,
    ...differences.map(({ provider, tiyin, findings }) =>
      tiyin === null
        ? t('digest-findings', { provider: titleOf(provider), count: String(findings) })
        : t('digest-difference', { provider: titleOf(provider), sum: money(t, tiyin) }),
    ),
    uncompared.length === 0
      ? null
      : t('digest-uncompared', { all: uncompared.map(titleOf).join(', ') }),
  ];
}

const CASES = {
  review: 'digest-case-review',
  bill: 'digest-case-bill',
  suspense: 'digest-case-suspense',
  taken_back: 'taken-back-case',
} as const;

function caseLine(t: Translate, { oldest, openCases }: Digest): string {
  if (!oldest) return t('digest-no-cases');
  const what = t(CASES[oldest.kind]);
  return t('digest-oldest', { count: String(openCases), what, at: dateTime(oldest.at) });
}

function uptimeLine(t: Translate, { uptime }: Digest): string | null {
  const all = Object.entries(uptime).map(([id, percent]) => `${titleOf(id)} ${percent} %`);
  return all.length === 0 ? null : t('digest-uptime', { all: all.join(', ') });
}

const isOurs = (id: string): id is ProviderId => Object.hasOwn(PROVIDER_TITLES, id);

function titleOf(provider: string): string {
  return isOurs(provider) ? PROVIDER_TITLES[provider] : 'Paylov';
}
