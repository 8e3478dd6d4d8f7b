/** Payments taken back after they were credited or paid: what owners and users read, and the ways on. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Tiyin } from '../../../core/money.ts';
import type { AlarmParams } from '../../../outbox/kinds.ts';
import type { TakenBack } from '../../../topups/taken-back.ts';
import type { Topup } from '../../../topups/topup.ts';
import { deskButton } from '../kit/feature.ts';
import type { Translate } from '../../locales/texts.ts';
import { orderAction, ORDERS_AREA } from '../kit/payments-screens.ts';
import { dateTime, money } from '../../kit/format.ts';
import { PROVIDER_TITLES } from '../../kit/way-title.ts';
import { menuButton, record, type Screen } from '../../kit/screen.ts';

type AlarmOf<K extends AlarmParams['kind']> = Extract<AlarmParams, { kind: K }>;

export function takenBackAlarm(t: Translate, alarm: AlarmOf<'taken_back'>): string[] {
  const { provider, topupId: id, userId, goneTiyin, leftTiyin, debitedTiyin = 0, credited } = alarm;
  const gone = money(t, goneTiyin);
  const facts = { provider: PROVIDER_TITLES[provider], id, user: String(userId), gone };
  if (!credited) return [t('taken-back-alarm-uncredited', facts)];
  const left = money(t, leftTiyin);
  if (debitedTiyin === 0) return [t('taken-back-alarm', { ...facts, left })];
  const debited = money(t, debitedTiyin);
  return [t('taken-back-alarm-debited', { ...facts, left, debited })];
}

/** The ways on from the alarm. What was debited before may be decided: then only the order's screen knows what is open. */
export function takenBackWays(
  t: Translate,
  { topupId: id, debitedTiyin = 0, credited }: AlarmOf<'taken_back'>,
): InlineKeyboardButton[][] {
  return [
    ...(debitedTiyin === 0 ? [takenBackRow(t, { id, credited })] : []),
    [orderAction(t('button-owner-details'), 'show', id)],
  ];
}

export function takenBackOver(t: Translate, alarm: AlarmOf<'taken_back_over'>): string[] {
  const { provider, topupId: id, debitedTiyin } = alarm;
  const facts = { provider: PROVIDER_TITLES[provider], id };
  if (debitedTiyin === 0) return [t('taken-back-alarm-over', facts)];
  const debited = money(t, debitedTiyin);
  return [t('taken-back-alarm-over-debited', { ...facts, debited })];
}

export function unconfirmedAlarm(
  t: Translate,
  { provider, topupId: id, reportedPaidAt }: AlarmOf<'reported_not_confirmed'>,
): string[] {
  const at = dateTime(reportedPaidAt);
  return [t('taken-back-alarm-unconfirmed', { provider: PROVIDER_TITLES[provider], id, at })];
}

/** For the order's screen. */
export function takenBackFacts(
  t: Translate,
  topup: Topup,
  back: TakenBack | null,
): (string | null)[] {
  if (back === null) return [];
  const { goneTiyin, debitedTiyin } = back;
  const date = dateTime(topup.takenBackAt ?? topup.createdAt);
  return [
    t('taken-back-fact', { gone: money(t, goneTiyin), date }),
    debitedTiyin > 0 ? t('taken-back-debited', { sum: money(t, debitedTiyin) }) : null,
    topup.takenBackEnd === 'left' ? t('taken-back-left') : null,
  ];
}

/** What an owner may do about it. `credited`: the money is on a balance. */
export function takenBackRow(
  t: Translate,
  { id, credited }: { id: string; credited: boolean },
): InlineKeyboardButton[] {
  const tap = (text: string, action: string): InlineKeyboardButton =>
    deskButton(text, { area: ORDERS_AREA, action, arg: id });
  return [
    ...(credited ? [tap(t('taken-back-button-debit'), 'back_debit')] : []),
    tap(t('taken-back-button-leave'), 'back_leave'),
  ];
}

/** To the user, after an owner debited it. */
export function takenBackMessage(
  t: Translate,
  {
    topup,
    amountTiyin,
    availableTiyin,
  }: { topup: Topup; amountTiyin: Tiyin; availableTiyin: Tiyin },
): Screen {
  return record(
    [
      t('taken-back-message', { id: topup.id, sum: money(t, amountTiyin) }),
      t('message-balance', { sum: money(t, availableTiyin) }),
    ],
    [[menuButton(t)]],
  );
}
