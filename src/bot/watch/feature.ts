/** Watching accounts. Buttons alone change anything; a sum may be typed to get a button for it. */
import { Composer } from 'grammy';
import type { Bill } from '../../bills/bill.ts';
import { debtSignOf } from '../../bills/debts.ts';
import { MAX_NAME, type SavedAccount } from '../../bills/saved.ts';
import { TIYIN_PER_SOM } from '../../core/money.ts';
import { userBalance } from '../../ledger/ledger.ts';
import { LAST_DAY } from '../../monthly/calendar.ts';
import type { Monthly } from '../../monthly/monthly.ts';
import type { TapOf } from '../kit/callbacks.ts';
import type { BotContext } from '../kit/context.ts';
import { clip } from '../kit/format.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { answer, show } from '../kit/reply.ts';
import { payingScreen } from '../kit/screen.ts';
import { positive, valueOf, whole } from '../kit/tap-fields.ts';
import { onTaps } from '../kit/taps.ts';
import {
  allScreen,
  autoSkipped,
  capsScreen,
  daysScreen,
  limitsScreen,
  nothingDueScreen,
  offQuestion,
  offScreen,
  paidAllScreen,
  watchedScreen,
  watchScreen,
} from './screens.ts';
import { AREA, ask, MOST_SOM, takeTyped } from './typed.ts';

/** What buttons carry: a day of the month, and a sum in whole soʻm. */
const aDay = positive.refine((day) => day <= LAST_DAY);
const someSom = whole.refine((som) => som <= MOST_SOM);

interface Here {
  ctx: BotContext;
  parts: PayParts;
  monthly: Monthly;
  userId: number;
  arg: string;
}

type About = Here & { saved: SavedAccount };

export function watchFeature(parts: PayParts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(async (ctx, next) => {
    const { answering } = ctx;
    const isTaken = answering?.area === AREA && (await takeTyped(ctx, parts, answering));
    if (!isTaken) await next();
  });
  onTaps(composer, {
    auto_skip: async (ctx, { key: accountKey, period }) => {
      const name = { userId: ctx.person.id, accountKey, period };
      const skipped = (await parts.monthly?.skipAuto(name)) ?? false;
      const key = skipped ? 'auto-toast-skipped' : 'auto-toast-too-late';
      await answer(ctx, ctx.t(key), { alert: !skipped });
      const payment = skipped ? await parts.monthly?.autoPayment(name) : null;
      const saved = payment && (await parts.bills.saved.get(payment.savedId, ctx.person.id));
      if (saved) await show(ctx, autoSkipped(ctx.t, saved));
    },
    watch: async (ctx, tap) => {
      const { monthly } = parts;
      if (!monthly) return await answer(ctx, ctx.t('toast-old'));
      await act({ ctx, parts, monthly, userId: ctx.person.id, arg: tap.arg }, tap);
    },
  });
  return composer;
}

async function act(here: Here, { action, savedId }: TapOf<'watch'>): Promise<void> {
  const { ctx, parts, userId } = here;
  if (action in WITHOUT_ACCOUNT) {
    await WITHOUT_ACCOUNT[action as keyof typeof WITHOUT_ACCOUNT](here);
    return;
  }
  const saved = await parts.bills.saved.get(savedId, userId);
  if (saved) await ABOUT_ACCOUNT[action as keyof typeof ABOUT_ACCOUNT]({ ...here, saved });
  else await answer(ctx, ctx.t('toast-old'));
}

const WITHOUT_ACCOUNT = {
  list: async ({ ctx, monthly, userId }: Here) =>
    void (await show(ctx, watchedScreen(ctx.t, await monthly.watched(userId)))),
  all: async (here: Here) => await showAll(here),
  all_yes: async (here: Here) => await payAll(here),
  off: async ({ ctx }: Here) => void (await show(ctx, offQuestion(ctx.t))),
  off_yes: async ({ ctx, monthly, userId }: Here) => {
    await monthly.stopAll(userId);
    await show(ctx, offScreen(ctx.t));
  },
  bill: async (here: Here) => await fromBill(here),
};

const ABOUT_ACCOUNT = {
  show: async (about: About) => await showWatch(about),
  days: async ({ ctx, saved }: About) => void (await show(ctx, daysScreen(ctx.t, saved))),
  limits: async ({ ctx, saved }: About) =>
    await ask(ctx, { asking: 'limits', saved, screen: limitsScreen(ctx.t, saved) }),
  day: async (about: About) => await chooseDay(about),
  limit: async (about: About) => await chooseLimit(about),
  paid: async (about: About) => {
    const { ctx, monthly, saved, userId } = about;
    await monthly.settle(saved.id, userId);
    await answer(ctx, ctx.t('watch-toast-paid'));
    await showWatch(about);
  },
  snooze: async (about: About) => {
    const { ctx, monthly, saved, userId } = about;
    await monthly.snooze(saved.id, userId);
    await answer(ctx, ctx.t('watch-toast-snoozed'));
    await showWatch(about);
  },
  caps: async (about: About) => {
    const { ctx, monthly, saved, userId } = about;
    const watch = await monthly.watchOf(saved.id, userId);
    if (!watch) return await answer(ctx, ctx.t('toast-old'));
    await ask(ctx, { asking: 'caps', saved, screen: capsScreen(ctx.t, saved, { watch }) });
  },
  cap: async (about: About) => await agreeToAuto(about),
  auto_off: async (about: About) => {
    const { ctx, monthly, saved, userId } = about;
    await monthly.endAuto(saved.id, userId);
    await answer(ctx, ctx.t('auto-toast-off'));
    await showWatch(about);
  },
  stop: async (about: About) => {
    const { ctx, monthly, saved, userId } = about;
    await monthly.unwatch(saved.id, userId);
    await answer(ctx, ctx.t('watch-toast-stopped'));
    await WITHOUT_ACCOUNT.list(about);
  },
};

async function showWatch({ ctx, parts, monthly, saved, userId }: About): Promise<void> {
  const services = await parts.bills.catalog.services();
  const listed = services.kind === 'services' ? services.services : [];
  // A service that says nothing of its accounts would leave nothing to tell.
  if (listed.find(({ id }) => id === saved.serviceId)?.hasInfo === false) {
    await answer(ctx, ctx.t('watch-cannot'), { alert: true });
    return;
  }
  const watch = await monthly.watchOf(saved.id, userId);
  const sign = await debtSignOf(parts.db.read, saved.serviceId);
  await show(ctx, watchScreen(ctx.t, { saved, watch, sign }));
}

async function chooseDay(about: About): Promise<void> {
  const { ctx, monthly, saved, userId, arg } = about;
  const day = valueOf(aDay, arg);
  if (day === null) return await answer(ctx, ctx.t('toast-old'));
  const before = await monthly.watchOf(saved.id, userId);
  const thresholdTiyin = before?.thresholdTiyin ?? 0;
  await monthly.watch({ userId, savedId: saved.id, day, thresholdTiyin });
  await answer(ctx, ctx.t('watch-toast-on'));
  await showWatch(about);
}

async function agreeToAuto(about: About): Promise<void> {
  const { ctx, monthly, saved, userId, arg } = about;
  const som = valueOf(someSom, arg);
  if (som === null || som === 0) return await answer(ctx, ctx.t('toast-old'));
  const capTiyin = som * TIYIN_PER_SOM;
  const outcome = await monthly.agreeToAuto({ userId, savedId: saved.id, capTiyin });
  await answer(ctx, ctx.t(`auto-toast-${outcome.kind}`), { alert: true });
  await showWatch(about);
}

async function chooseLimit(about: About): Promise<void> {
  const { ctx, monthly, saved, userId, arg } = about;
  const before = await monthly.watchOf(saved.id, userId);
  const som = valueOf(someSom, arg);
  if (!before || som === null) return await answer(ctx, ctx.t('toast-old'));
  const thresholdTiyin = som * TIYIN_PER_SOM;
  await monthly.watch({ userId, savedId: saved.id, day: before.day, thresholdTiyin });
  await showWatch(about);
}

/**
 * Watches an account from the news of a payment; it is saved first if it is not yet, under its service's name in the
 * person's language.
 */
async function fromBill(here: Here): Promise<void> {
  const { ctx, parts, userId, arg } = here;
  const bill = await parts.bills.ofUser(arg, userId);
  const saved = bill && (await savedFor({ ctx, parts }, bill));
  if (saved) await showWatch({ ...here, saved });
  else await answer(ctx, ctx.t(bill ? 'pay-saved-too-many' : 'toast-old'), { alert: true });
}

async function savedFor(
  { ctx, parts: { bills } }: Pick<Here, 'ctx' | 'parts'>,
  bill: Bill,
): Promise<SavedAccount | null> {
  const { userId, serviceId, serviceName, account } = bill;
  const all = await bills.saved.list(userId);
  const same = JSON.stringify(account);
  const known = all.find(
    (each) => each.serviceId === serviceId && JSON.stringify(each.account) === same,
  );
  if (known) return known;
  const service = ctx.t.names.service({ id: serviceId, name: serviceName });
  const name = clip(service.name, MAX_NAME / 2);
  const outcome = await bills.saved.save({ userId, serviceId, serviceName, name, account });
  return outcome.kind === 'saved' ? outcome.saved : null;
}

async function showAll(here: Here, notice?: string): Promise<void> {
  const { ctx, parts, monthly, userId } = here;
  const offer = await monthly.offerAll(userId);
  if (!offer) return await answer(ctx, ctx.t('pay-unavailable-provider'), { alert: true });
  if (offer.items.length === 0) {
    await show(ctx, nothingDueScreen(ctx.t));
    return;
  }
  const { availableTiyin } = await userBalance(parts.db.read, userId);
  const shown = { offer, availableTiyin, ...(notice === undefined ? {} : { notice }) };
  await show(ctx, allScreen(ctx.t, shown));
}

async function payAll(here: Here): Promise<void> {
  const { ctx, monthly, userId, arg: digest } = here;
  await answer(ctx);
  await show(ctx, payingScreen(ctx.t, 'pay-working'));
  const paid = await monthly.payAll({ userId, digest });
  if (paid.kind === 'done') await show(ctx, paidAllScreen(ctx.t, paid.outcomes));
  else await showAll(here, ctx.t('pay-shown-changed'));
}
