/** What is shown of homes: to who keeps one, to who belongs to it, and to whoever opened an invitation. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Bill } from '../../bills/bill.ts';
import type { SavedAccount } from '../../bills/saved.ts';
import type { SharedAccount } from '../../bills/shared.ts';
import { MAX_OWN_NAME } from '../../core/own-name.ts';
import {
  type Belonging,
  type Home,
  type Invitation,
  MAX_JOINED_HOMES,
  MAX_MEMBERS,
  MAX_OWN_HOMES,
} from '../../homes/home.ts';
import type { Opened } from '../../homes/homes.ts';
import type { QuotaSpent } from '../../quotas/quotas.ts';
import { HOME_NAMES, type TapOf } from '../kit/callbacks.ts';
import { clip, dateTime, escapeHtml, money, type Named, nameOf } from '../kit/format.ts';
import { quotaNotice } from '../kit/quota.ts';
import { button, linkButton, menuButton, record, red, type Screen, screen } from '../kit/screen.ts';
import { type Notice, noticeLines } from '../kit/step-buttons.ts';
import type { Translate } from '../locales/texts.ts';

/** How many accounts stand on one page. */
const PAGE = 8;
const MAX_LABEL = 40;

/** Somebody of a home; null where they are not known any more. */
export interface Member {
  userId: number;
  person: Named | null;
}

const nameIn = ({ name }: { name: string }): string => escapeHtml(name);

function tap(text: string, action: TapOf<'home'>['action'], { id }: Home): InlineKeyboardButton {
  return button(text, { kind: 'home', action, id });
}

function homesButton(t: Translate): InlineKeyboardButton {
  return button(t('button-homes'), { kind: 'homes' });
}

/** All that somebody keeps or belongs to. */
export function homesScreen(t: Translate, all: readonly Belonging[], notice?: Notice): Screen {
  return screen(
    [...noticeLines(notice), t('homes-title'), '', t('homes-hint')],
    [
      ...all.map(({ home, isOwner }) => [
        tap(`${isOwner ? '🏡' : '👥'} ${home.name}`, 'show', home),
      ]),
      [button(t('button-home-new'), { kind: 'home_new', savedId: 0 })],
      [button(t('button-saved-back'), { kind: 'saved_list', offset: 0 }), menuButton(t)],
    ],
  );
}

/**
 * Asks for a name, with those that are offered as buttons. `savedId`: the account that goes into the home; 0 is none.
 */
export function askNameScreen(
  t: Translate,
  { savedId, notice }: { savedId: number; notice?: Notice },
): Screen {
  const presets = HOME_NAMES.map((name) =>
    button(t(`home-named-${name}`), { kind: 'home_named', name, savedId }),
  );
  return screen(
    [...noticeLines(notice), t('home-ask-name')],
    [presets, [homesButton(t), menuButton(t)]],
  );
}

export function askOtherNameScreen(t: Translate, home: Home, notice?: Notice): Screen {
  return screen(
    [...noticeLines(notice), t('home-rename', { home: nameIn(home) })],
    [[tap(t('button-back'), 'show', home), menuButton(t)]],
  );
}

export function badName(t: Translate): string {
  return t('pay-save-bad-name', { max: String(MAX_OWN_NAME) });
}

export function tooManyHomes(t: Translate): string {
  return t('home-too-many', { max: String(MAX_OWN_HOMES) });
}

interface ShownHome extends Belonging {
  owner: Named | null;
  members: number;
  accounts: readonly SharedAccount[];
  offset: number;
}

/** One home, with its accounts. */
export function homeScreen(
  t: Translate,
  { home, isOwner, owner, members, accounts, offset }: ShownHome,
  notice?: Notice,
): Screen {
  const shown = accounts.slice(offset, offset + PAGE);
  return screen(
    [
      ...noticeLines(notice),
      t('home-title', { home: nameIn(home) }),
      isOwner ? t('home-own') : t('home-kept-by', { name: nameOf(owner) }),
      home.isTold ? t('home-told') : null,
      '',
      accounts.length > 0 ? t('home-choose-account') : t(isOwner ? 'home-empty-own' : 'home-empty'),
    ],
    [
      ...shown.map((each) => [
        accountButton(t, each),
        button('⚙️', { kind: 'saved', action: 'show', savedId: each.id }),
      ]),
      [
        offset > 0 ? turn('◀️', home, Math.max(0, offset - PAGE)) : null,
        offset + PAGE < accounts.length ? turn('▶️', home, offset + PAGE) : null,
      ],
      ...(isOwner ? ownRows(t, home, members) : [[tap(t('button-home-leave'), 'ask_leave', home)]]),
      [homesButton(t), menuButton(t)],
    ],
  );
}

function accountButton(t: Translate, { id, name, serviceId, serviceName }: SharedAccount) {
  const service = t.names.service({ id: serviceId, name: serviceName });
  const label = clip(`${service.icon} ${name} · ${service.name}`, MAX_LABEL);
  return button(label, { kind: 'saved', action: 'pay', savedId: id });
}

function turn(label: string, { id }: Home, offset: number): InlineKeyboardButton {
  return button(label, { kind: 'home_page', id, offset });
}

function ownRows(t: Translate, home: Home, members: number): InlineKeyboardButton[][] {
  return [
    [tap(t('button-home-invite'), 'invite', home)],
    [
      tap(t('button-home-people', { count: String(members) }), 'people', home),
      tap(t(home.isTold ? 'button-home-tell-not' : 'button-home-tell'), 'tell', home),
    ],
    [tap(t('button-rename'), 'rename', home), tap(t('button-home-end'), 'ask_end', home)],
  ];
}

/** Everybody who was invited and came, each with a button that removes them. */
export function peopleScreen(
  t: Translate,
  { home, members }: { home: Home; members: readonly Member[] },
  notice?: Notice,
): Screen {
  return screen(
    [
      ...noticeLines(notice),
      t('home-people', { home: nameIn(home) }),
      t(members.length > 0 ? 'home-people-remove' : 'home-people-none'),
    ],
    [
      ...members.map(({ userId, person }) => [
        button(`✖️ ${clip(plain(nameOf(person)), MAX_LABEL)}`, {
          kind: 'home_member',
          action: 'ask_remove',
          id: home.id,
          userId,
        }),
      ]),
      [tap(t('button-home-invite'), 'invite', home)],
      [tap(t('button-back'), 'show', home), menuButton(t)],
    ],
  );
}

/** A name as the text of a button, which is no HTML. */
function plain(html: string): string {
  return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export function removeQuestion(
  t: Translate,
  { home, member }: { home: Home; member: Member },
): Screen {
  const { userId, person } = member;
  const yes = { kind: 'home_member', action: 'remove', id: home.id, userId } as const;
  return screen(
    [t('home-remove', { name: nameOf(person), home: nameIn(home) })],
    [[red(button(t('button-remove-yes'), yes))], [tap(t('button-cancel-no'), 'people', home)]],
  );
}

export function endQuestion(t: Translate, home: Home): Screen {
  return screen(
    [t('home-end', { home: nameIn(home) })],
    [[red(tap(t('button-home-end-yes'), 'end', home))], [tap(t('button-cancel-no'), 'show', home)]],
  );
}

export function leaveQuestion(t: Translate, home: Home): Screen {
  return screen(
    [t('home-leave', { home: nameIn(home) })],
    [
      [red(tap(t('button-home-leave-yes'), 'leave', home))],
      [tap(t('button-cancel-no'), 'show', home)],
    ],
  );
}

/** The link, for one person. */
export function invitationScreen(
  t: Translate,
  { home, invitation, link }: { home: Home; invitation: Invitation; link: string },
): Screen {
  const text = encodeURIComponent(t('home-share', { home: home.name }));
  const share = `https://t.me/share/url?url=${encodeURIComponent(link)}&text=${text}`;
  return screen(
    [
      t('home-invitation', { home: nameIn(home) }),
      '',
      t('home-invitation-hint', { date: dateTime(invitation.expiresAt) }),
      '',
      escapeHtml(link),
    ],
    [[linkButton(t('button-share'), share)], [tap(t('button-back'), 'show', home), menuButton(t)]],
  );
}

export function quotaScreen(t: Translate, spent: QuotaSpent, at: number): Screen {
  return screen([quotaNotice(t, spent, at)], [[homesButton(t), menuButton(t)]]);
}

/** To whoever opened an invitation that is good. */
export function invitedScreen(
  t: Translate,
  { home, owner, payload }: { home: Home; owner: Named | null; payload: string },
): Screen {
  return screen(
    [
      t('home-invited', { name: nameOf(owner), home: nameIn(home) }),
      '',
      t('home-invited-sees'),
      '',
      t('home-invited-hint'),
    ],
    [[button(t('button-home-join'), { kind: 'home_join', payload })], [menuButton(t)]],
  );
}

/** Says why nobody joins by this link. */
export function notJoinedScreen(t: Translate, found: Exclude<Opened, { kind: 'open' }>): Screen {
  const max = String(found.kind === 'too_many' ? MAX_JOINED_HOMES : MAX_MEMBERS);
  const home = 'home' in found ? found.home : null;
  return screen(
    [t(`home-link-${found.kind}`, { max, home: home ? nameIn(home) : '' })],
    [[home ? tap(`🏡 ${home.name}`, 'show', home) : null], [menuButton(t)]],
  );
}

/** It was ended, or they do not belong to it any more. */
export function goneScreen(t: Translate): Screen {
  return screen([t('home-gone')], [[homesButton(t), menuButton(t)]]);
}

/** Asks in which home one of a person's accounts is to lie. */
export function chooseHomeScreen(
  t: Translate,
  { saved, own, current }: { saved: SavedAccount; own: readonly Home[]; current: Home | null },
): Screen {
  const { id: savedId, name } = saved;
  return screen(
    [t('home-choose', { name: escapeHtml(name) }), '', t('home-choose-hint')],
    [
      ...own.map(({ id, name: label }) => [
        button(`${id === current?.id ? '✓ ' : ''}🏡 ${label}`, { kind: 'home_put', savedId, id }),
      ]),
      [button(t('button-home-new'), { kind: 'home_new', savedId })],
      [current ? button(t('button-home-take-out'), { kind: 'home_put', savedId, id: null }) : null],
      [button(t('button-back'), { kind: 'saved', action: 'show', savedId }), menuButton(t)],
    ],
  );
}

/** Tells the owner who came or left. */
export function memberNews(
  t: Translate,
  { kind, home, person }: { kind: 'joined' | 'left'; home: Home; person: Named | null },
): Screen {
  return record(
    [t(`home-news-${kind}`, { name: nameOf(person), home: nameIn(home) })],
    [[tap(t('button-home-look'), 'people', home), menuButton(t)]],
  );
}

/** Tells somebody that they do not belong to the home any more. */
export function overNews(
  t: Translate,
  { name, why }: { name: string; why: 'removed' | 'ended' },
): Screen {
  return record([t(`home-news-${why}`, { home: escapeHtml(name) })], [[menuButton(t)]]);
}

/** Tells the others who paid, in one line. */
export function paidNews(
  t: Translate,
  { home, bill, payer }: { home: Home; bill: Bill; payer: Named | null },
): Screen {
  const { serviceId: id, serviceName, amountTiyin } = bill;
  const service = escapeHtml(t.names.service({ id, name: serviceName }).name);
  const sum = money(t, amountTiyin);
  return record([t('home-news-paid', { home: nameIn(home), service, sum, name: nameOf(payer) })]);
}
