/** `/providers`: how well each way to pay goes, off the menu and back onto it. */
import { z } from 'zod';
import type { Queries } from '../../../db/database.ts';
import type { ProviderId } from '../../../core/payment-systems.ts';
import { alarmsUnder } from '../../../outbox/alarms.ts';
import { spentRequests } from '../../../topups/budget.ts';
import { type Rate, ratesSince } from '../../../topups/provider-figures.ts';
import { pauseProvider, resumeProvider, tryNow } from '../../../topups/provider-pause.ts';
import { availability, providerState } from '../../../topups/provider-state.ts';
import type { Offer } from '../../../topups/ways.ts';
import { PROVIDER_IDS } from '../../kit/callbacks.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import {
  type ProviderView,
  providerScreen,
  providersScreen,
  type Trouble,
} from './providers-screens.ts';
import type { Screen } from '../../kit/screen.ts';
import { namesOf } from '../kit/names.ts';
import { staffOf } from '../kit/step-words.ts';
import { carrying, type DeskAction, type DeskFeature } from '../kit/feature.ts';
import { HOUR_MS } from '../../../core/calendar.ts';

const PROVIDERS_AREA = 'prov';

const WHICH = carrying({ provider: z.enum(PROVIDER_IDS) });

export function providersDesk(parts: Parts): DeskFeature {
  const list: DeskAction = {
    role: 'viewer',
    run: async (ctx) => void (await show(ctx, await listOf(ctx, parts))),
  };
  return {
    area: PROVIDERS_AREA,
    menu: { label: 'prov-menu', action: 'list', role: 'viewer' },
    commands: { providers: list },
    taps: {
      list,
      show: WHICH.by('viewer', async (ctx, { provider }) => await showOne(ctx, parts, provider)),
      pause: change(parts, { role: 'operator', done: 'prov-paused-now', by: pauseProvider }),
      resume: change(parts, { role: 'owner', done: 'prov-resumed-now', by: resumeProvider }),
      try: change(parts, { role: 'operator', done: 'prov-trial-now', by: tryNow }),
    },
  };
}

function change(
  parts: Parts,
  { role, done, by }: { role: DeskAction['role']; done: string; by: typeof pauseProvider },
): DeskAction {
  return WHICH.by(role, async (ctx, { provider }) => {
    const approval = { provider, staffId: ctx.person.id, at: parts.clock.now() };
    const changed = await parts.db.tx((tx) => by(tx, approval));
    await answer(ctx, ctx.t(changed ? done : 'toast-owner-decided'));
    await showOne(ctx, parts, provider);
  });
}

async function listOf(ctx: BotContext, parts: Parts): Promise<Screen> {
  const views = await viewsOf(parts);
  return providersScreen(ctx.t, { views, paylov: Boolean(parts.ownerBills) });
}

async function showOne(ctx: BotContext, parts: Parts, id: ProviderId): Promise<void> {
  const view = (await viewsOf(parts)).find(({ offer }) => offer.provider.id === id);
  if (!view) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const may = (role: DeskAction['role']): boolean => parts.staff.may(ctx.person.id, role);
  await show(
    ctx,
    providerScreen(ctx.t, { view, mayPause: may('operator'), mayResume: may('owner') }),
  );
}

async function viewsOf(parts: Parts): Promise<ProviderView[]> {
  const { db, clock, topups } = parts;
  const now = clock.now();
  const hour = await ratesSince(db.read, now - HOUR_MS);
  const day = await ratesSince(db.read, now - 24 * HOUR_MS);
  const offers = await topups.offers();
  return await Promise.all(
    offers.map((offer) => viewOf(parts, { offer, now, rates: { hour, day } })),
  );
}

const TROUBLES_SHOWN = 3;

/**
 * The troubles that owners were told of, or would have been had they not been repetitions. Alarms are kept by provider
 * and problem.
 */
async function lastTroubles(queries: Queries, provider: ProviderId): Promise<Trouble[]> {
  const prefix = `provider_problem:${provider}:`;
  const rows = await alarmsUnder(queries, { prefix, limit: TROUBLES_SHOWN });
  return rows.map(({ key, lastAt }) => ({ problem: key.slice(prefix.length), at: lastAt }));
}

async function viewOf(
  { db }: Parts,
  {
    offer,
    now,
    rates,
  }: { offer: Offer; now: number; rates: Record<'hour' | 'day', ReadonlyMap<string, Rate>> },
): Promise<ProviderView> {
  const { id, budget } = offer.provider;
  const state = await providerState(db.read, id);
  const staffId = staffOf(state?.pausedBy ?? '');
  return {
    offer,
    state,
    pausedBy: staffId === null ? null : ((await namesOf(db.read, [staffId])).get(staffId) ?? null),
    troubles: await lastTroubles(db.read, id),
    availability: availability(state),
    hour: rates.hour.get(id) ?? null,
    day: rates.day.get(id) ?? null,
    budget: budget
      ? {
          used: await spentRequests(db, { provider: id, budget, at: now }),
          limit: budget.requests,
        }
      : null,
  };
}
