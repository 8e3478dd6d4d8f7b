/** Homes: making one, what lies in it, who belongs to it. Taps are looked up: what is not the sender's is not found. */
import { Composer } from 'grammy';
import { cleanTyped } from '../../core/typed-text.ts';
import type { Home } from '../../homes/home.ts';
import { getUser } from '../../users/users.ts';
import type { TapOf } from '../kit/callbacks.ts';
import type { BotContext } from '../kit/context.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { answer, show } from '../kit/reply.ts';
import type { Screen } from '../kit/screen.ts';
import { place } from '../kit/talk.ts';
import { valueOf, whole } from '../kit/tap-fields.ts';
import { onTaps } from '../kit/taps.ts';
import type { Words } from '../kit/told.ts';
import { askForWords } from '../kit/words.ts';
import {
  askNameScreen,
  askOtherNameScreen,
  badName,
  chooseHomeScreen,
  endQuestion,
  goneScreen,
  homeScreen,
  homesScreen,
  invitationScreen,
  invitedScreen,
  leaveQuestion,
  type Member,
  notJoinedScreen,
  peopleScreen,
  quotaScreen,
  removeQuestion,
  tooManyHomes,
} from './screens.ts';

/** The beginning of this feature's payloads: any other link is for somebody else. */
const OURS = /^h\d/;

/** The name under which questions for a home's name are asked. */
const AREA = 'homes';

export function homeFeature(parts: PayParts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('start', async (ctx, next) => {
    const payload = cleanTyped(ctx.match).trim();
    if (OURS.test(payload)) await opened(ctx, parts, payload);
    else await next();
  });
  composer.command('homes', async (ctx) => await showHomes(ctx, parts));
  onTaps(composer, {
    homes: async (ctx) => await showHomes(ctx, parts),
    home: async (ctx, tap) => await onHome(ctx, parts, tap),
    home_page: async (ctx, { id, offset }) => await showHome(ctx, parts, id, { offset }),
    home_new: async (ctx, { savedId }) => await askName(ctx, { savedId }),
    home_named: async (ctx, { name, savedId }) =>
      await make(ctx, parts, { name: ctx.t(`home-named-${name}`), savedId, screenId: null }),
    home_member: async (ctx, tap) => await onMember(ctx, parts, tap),
    home_choose: async (ctx, { savedId }) => await choose(ctx, parts, savedId),
    home_put: async (ctx, tap) => await put(ctx, parts, tap),
    home_join: async (ctx, { payload }) => await join(ctx, parts, payload),
  });
  composer.use(async (ctx, next) => {
    const { answering } = ctx;
    if (answering?.area !== AREA) await next();
    else if (answering.name === 'new') await takeName(ctx, parts, answering);
    else await takeOtherName(ctx, parts, answering);
  });
  return composer;
}

async function showHomes(ctx: BotContext, { homes }: PayParts, notice?: string): Promise<void> {
  await show(ctx, homesScreen(ctx.t, await homes.of(ctx.person.id), notice));
}

async function showHome(
  ctx: BotContext,
  parts: PayParts,
  id: string,
  { offset = 0, notice }: { offset?: number; notice?: string } = {},
): Promise<void> {
  await show(
    ctx,
    await homeView(ctx, parts, id, { offset, ...(notice === undefined ? {} : { notice }) }),
  );
}

async function homeView(
  ctx: BotContext,
  { homes, bills, db }: PayParts,
  id: string,
  { offset = 0, notice }: { offset?: number; notice?: string } = {},
): Promise<Screen> {
  const found = await homes.get(id, ctx.person.id);
  if (!found) return goneScreen(ctx.t);
  const accounts = await bills.saved.inHome(found.home, ctx.person.id);
  const owner = found.isOwner ? null : await getUser(db.read, found.home.userId);
  const members = (await homes.members(id)).length;
  return homeScreen(ctx.t, { ...found, owner, members, accounts, offset }, notice);
}

async function onHome(
  ctx: BotContext,
  parts: PayParts,
  { action, id }: TapOf<'home'>,
): Promise<void> {
  const { homes } = parts;
  const found = await homes.get(id, ctx.person.id);
  const isFor =
    action === 'show' || (action === 'ask_leave' || action === 'leave') !== found?.isOwner;
  if (!found || !isFor) {
    await show(ctx, goneScreen(ctx.t));
    return;
  }
  await ACTS[action](ctx, parts, found.home);
}

type Act = (ctx: BotContext, parts: PayParts, home: Home) => Promise<unknown>;

/** What each button does, once `onHome` has seen that the home is the person's. */
const ACTS: Readonly<Record<TapOf<'home'>['action'], Act>> = {
  show: async (ctx, parts, { id }) => await showHome(ctx, parts, id),
  invite: async (ctx, parts, home) => await invite(ctx, parts, home),
  people: async (ctx, parts, home) => await showPeople(ctx, parts, home),
  async rename(ctx, _, home) {
    const screenId = await show(ctx, askOtherNameScreen(ctx.t, home));
    await askForWords(ctx, { area: AREA, name: 'rename', arg: home.id, screenId });
  },
  async tell(ctx, parts, { id, isTold }) {
    await parts.homes.setTold(id, { userId: ctx.person.id, isTold: !isTold });
    await showHome(ctx, parts, id);
  },
  ask_end: async (ctx, _, home) => await show(ctx, endQuestion(ctx.t, home)),
  async end(ctx, parts, { id }) {
    await parts.homes.end(id, ctx.person.id);
    await showHomes(ctx, parts, ctx.t('home-ended'));
  },
  ask_leave: async (ctx, _, home) => await show(ctx, leaveQuestion(ctx.t, home)),
  async leave(ctx, parts, { id }) {
    await parts.homes.leave(id, ctx.person.id);
    await showHomes(ctx, parts, ctx.t('home-left'));
  },
};

async function invite(ctx: BotContext, parts: PayParts, home: Home): Promise<void> {
  const outcome = await parts.homes.invite(home.id, ctx.person.id);
  switch (outcome.kind) {
    case 'invited': {
      const payload = await parts.homes.payloadOf(outcome.invitation.id);
      const link = `https://t.me/${ctx.me.username}?start=${payload}`;
      await show(ctx, invitationScreen(ctx.t, { ...outcome, link }));
      return;
    }
    case 'quota_spent':
      await show(ctx, quotaScreen(ctx.t, outcome, parts.clock.now()));
      return;
    case 'full':
      await show(ctx, notJoinedScreen(ctx.t, outcome));
      return;
    case 'not_found':
      await show(ctx, goneScreen(ctx.t));
  }
}

async function showPeople(
  ctx: BotContext,
  { homes, db }: PayParts,
  home: Home,
  notice?: string,
): Promise<void> {
  const members: Member[] = [];
  for (const userId of await homes.members(home.id)) {
    members.push({ userId, person: await getUser(db.read, userId) });
  }
  await show(ctx, peopleScreen(ctx.t, { home, members }, notice));
}

async function onMember(
  ctx: BotContext,
  parts: PayParts,
  { action, id, userId: memberId }: TapOf<'home_member'>,
): Promise<void> {
  const { homes, db } = parts;
  const found = await homes.get(id, ctx.person.id);
  if (!found?.isOwner) {
    await show(ctx, goneScreen(ctx.t));
    return;
  }
  const { home } = found;
  if (action === 'remove') {
    await homes.removeMember(id, { userId: ctx.person.id, memberId });
    await showPeople(ctx, parts, home, ctx.t('home-removed'));
    return;
  }
  const isThere = (await homes.members(id)).includes(memberId);
  const member = { userId: memberId, person: await getUser(db.read, memberId) };
  // The person has gone since the button was made: the list says who is left.
  if (isThere) await show(ctx, removeQuestion(ctx.t, { home, member }));
  else await showPeople(ctx, parts, home);
}

async function askName(
  ctx: BotContext,
  {
    savedId,
    screenId: before = null,
    notice,
  }: { savedId: number; screenId?: number | null; notice?: string },
): Promise<void> {
  const screenId = await place(ctx, before, askNameScreen(ctx.t, { savedId, notice }));
  await askForWords(ctx, { area: AREA, name: 'new', arg: String(savedId), screenId });
}

async function takeName(ctx: BotContext, parts: PayParts, asked: Words): Promise<void> {
  const screenId = asked.screenId ?? null;
  await make(ctx, parts, { name: ctx.typed, savedId: valueOf(whole, asked.arg) ?? 0, screenId });
}

/** Makes a home, and puts the account into it that it was made for. */
async function make(
  ctx: BotContext,
  parts: PayParts,
  { name, savedId, screenId }: { name: string; savedId: number; screenId: number | null },
): Promise<void> {
  const userId = ctx.person.id;
  const outcome = await parts.homes.make(userId, name);
  if (outcome.kind === 'bad_name') {
    await askName(ctx, { savedId, screenId, notice: badName(ctx.t) });
    return;
  }
  if (outcome.kind === 'too_many') {
    const all = await parts.homes.of(userId);
    await place(ctx, screenId, homesScreen(ctx.t, all, tooManyHomes(ctx.t)));
    return;
  }
  const { id } = outcome.home;
  if (savedId > 0) await parts.bills.saved.putInto(savedId, { userId, homeId: id });
  await place(ctx, screenId, await homeView(ctx, parts, id));
}

async function takeOtherName(ctx: BotContext, parts: PayParts, asked: Words): Promise<void> {
  const { t, person } = ctx;
  const screenId = asked.screenId ?? null;
  const found = await parts.homes.get(asked.arg, person.id);
  const outcome = await parts.homes.rename(asked.arg, { userId: person.id, name: ctx.typed });
  if (outcome.kind === 'bad_name' && found) {
    const again = await place(ctx, screenId, askOtherNameScreen(t, found.home, badName(t)));
    await askForWords(ctx, { ...asked, screenId: again });
    return;
  }
  await place(ctx, screenId, await homeView(ctx, parts, asked.arg));
}

/** Asks into which home an account goes; somebody who has none yet makes the first one. */
async function choose(ctx: BotContext, parts: PayParts, savedId: number): Promise<void> {
  const { homes, bills } = parts;
  const saved = await bills.saved.payable(savedId, ctx.person.id);
  if (!saved?.isOwn) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const all = await homes.of(ctx.person.id);
  const own = all.filter(({ isOwner }) => isOwner).map(({ home }) => home);
  if (own.length === 0) await askName(ctx, { savedId });
  else await show(ctx, chooseHomeScreen(ctx.t, { saved, own, current: saved.home }));
}

async function put(
  ctx: BotContext,
  parts: PayParts,
  { savedId, id: homeId }: TapOf<'home_put'>,
): Promise<void> {
  const isPut = await parts.bills.saved.putInto(savedId, { userId: ctx.person.id, homeId });
  if (!isPut) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  await answer(ctx, ctx.t(homeId === null ? 'home-taken-out' : 'home-put'));
  if (homeId === null) await choose(ctx, parts, savedId);
  else await showHome(ctx, parts, homeId);
}

async function opened(ctx: BotContext, parts: PayParts, payload: string): Promise<void> {
  const found = await parts.homes.open(payload, ctx.person.id);
  if (found.kind !== 'open') {
    await show(ctx, notJoinedScreen(ctx.t, found));
    return;
  }
  const owner = await getUser(parts.db.read, found.home.userId);
  await show(ctx, invitedScreen(ctx.t, { home: found.home, owner, payload }));
}

/** A second tap finds them there. */
async function join(ctx: BotContext, parts: PayParts, payload: string): Promise<void> {
  const outcome = await parts.homes.join(payload, ctx.person.id);
  if (outcome.kind !== 'joined' && outcome.kind !== 'member') {
    await show(ctx, notJoinedScreen(ctx.t, outcome));
    return;
  }
  await showHome(ctx, parts, outcome.home.id, { notice: ctx.t('home-joined') });
}
