/** Which sign of a service's balance is a debt: an owner says it, with the service's latest answers to look at. */
import { z } from 'zod';
import { allServiceRules, sayDebtSign, type ServiceRule } from '../../../bills/debts.ts';
import type { Service } from '../../../bills/paylov/types.ts';
import { DEBT_SIGNS } from '../../../bills/states.ts';
import { writeAuditLog } from '../../../staff/audit-log.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import { shortKey } from '../../kit/short-key.ts';
import { whole } from '../../kit/tap-fields.ts';
import { carrying, type DeskFeature } from '../kit/feature.ts';
import { DEBTS_AREA, debtsScreen, type ServiceView, serviceScreen } from './debts-screens.ts';

const PAGE = carrying({ offset: whole });
const WHICH = carrying({ service: z.string() });
const SAID = carrying({ service: z.string(), sign: z.enum(DEBT_SIGNS) });

/** There is such a part only where bills are paid. */
export function debtsDesk(parts: Parts): DeskFeature {
  if (!parts.bills) return { area: DEBTS_AREA };
  return {
    area: DEBTS_AREA,
    menu: { label: 'debts-menu', action: 'list', role: 'viewer' },
    taps: {
      list: { role: 'viewer', run: async (ctx) => await showAll(ctx, parts, 0) },
      page: PAGE.by('viewer', async (ctx, { offset }) => await showAll(ctx, parts, offset)),
      show: WHICH.by('viewer', async (ctx, { service }) => await showOne(ctx, parts, service)),
      say: SAID.by('owner', async (ctx, { service, sign }) => {
        const view = await viewOf(parts, service);
        if (view) await say(ctx, parts, { serviceId: view.service.id, sign });
        await answer(ctx, ctx.t(view ? 'toast-owner-done' : 'toast-old'));
        await showOne(ctx, parts, service);
      }),
    },
  };
}

async function say(
  ctx: BotContext,
  { db, clock }: Parts,
  said: { serviceId: string; sign: ServiceRule['debtSign'] },
): Promise<void> {
  const by = { staffId: ctx.person.id, at: clock.now() };
  await db.tx(async (tx) => {
    await sayDebtSign(tx, { ...said, ...by });
    const { serviceId: subject, sign: note } = said;
    await writeAuditLog(tx, { ...by, action: 'debt_sign', subject, note });
  });
}

async function showAll(ctx: BotContext, parts: Parts, offset: number): Promise<void> {
  await show(ctx, debtsScreen(ctx.t, { views: await viewsOf(parts), offset }));
}

async function showOne(ctx: BotContext, parts: Parts, key: string): Promise<void> {
  const view = await viewOf(parts, key);
  if (!view) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const maySay = parts.staff.may(ctx.person.id, 'owner');
  await show(ctx, serviceScreen(ctx.t, { ...view, maySay }));
}

async function viewOf(parts: Parts, key: string): Promise<ServiceView | null> {
  const views = await viewsOf(parts);
  return views.find(({ service }) => shortKey(service.id) === key) ?? null;
}

/** The services that tell the balance of an account; those whose sign nobody has named yet come first. */
async function viewsOf({ bills, db }: Parts): Promise<ServiceView[]> {
  const listed = await bills?.catalog.services();
  const services: Service[] = listed?.kind === 'services' ? listed.services : [];
  const rules = new Map((await allServiceRules(db.read)).map((rule) => [rule.serviceId, rule]));
  const views = services
    .filter(({ hasInfo }) => hasInfo)
    .map((service) => ({ service, rule: rules.get(service.id) ?? null }));
  return views.toSorted((a, b) => Number(isSaid(a)) - Number(isSaid(b)));
}

function isSaid({ rule }: ServiceView): boolean {
  return rule !== null && rule.saidAt !== null;
}
