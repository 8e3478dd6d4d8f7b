/** `/order` and `/bill`: whatever a user or a provider may quote leads to the order, the bill or the item. */
import type { Bill } from '../../../bills/bill.ts';
import { billsByIds, billsNamed, billsOfSum } from '../../../bills/list.ts';
import type { Queries } from '../../../db/database.ts';
import {
  quotedSum,
  subjectsQuoting,
  suspenseOfSum,
  topupsByIds,
  topupsNamed,
  topupsOfSum,
} from '../../../topups/find.ts';
import { suspenseItem } from '../../../topups/suspense.ts';
import type { Topup } from '../../../topups/topup.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { send } from '../../kit/reply.ts';
import { billRow } from '../bills/bills-screens.ts';
import { orderRow } from '../orders/orders-screens.ts';
import { suspenseAction } from '../suspense/suspense-screens.ts';
import { clip, escapeHtml, money } from '../../kit/format.ts';
import { screen } from '../../kit/screen.ts';
import { billScreenOf } from '../bills/bills-screen.ts';
import type { DeskFeature } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import { deskAction } from '../kit/lists.ts';
import { orderScreenOf } from '../orders/orders-screen.ts';
import { moneyScreenOf } from '../suspense/suspense.ts';

const MAX_QUOTE = 128;

interface Found {
  topups: Topup[];
  bills: Bill[];
  items: { id: string; amountTiyin: number }[];
}

export function searchDesk(parts: Parts): DeskFeature {
  return {
    area: 'search',
    commands: {
      order: deskAction(parts, 'viewer', search),
      bill: deskAction(parts, 'viewer', search),
    },
  };
}

/** Shows a single hit, and lists several. */
async function search(ctx: BotContext, parts: Parts, arg: string): Promise<void> {
  const text = arg.trim();
  if (text === '' || text.length > MAX_QUOTE) {
    await send(ctx, { text: ctx.t('payments-usage-search') });
    return;
  }
  const found = await find(parts.db.read, text);
  const [topup] = found.topups;
  const [bill] = found.bills;
  const [item] = found.items;
  const hits = found.topups.length + found.bills.length + found.items.length;
  if (hits === 0) await send(ctx, { text: ctx.t('payments-found-none') });
  else if (hits > 1) await sendHits(ctx, text, found);
  else if (topup) await send(ctx, await orderScreenOf(ctx, parts, topup));
  else if (bill) await send(ctx, await billScreenOf(ctx, parts, bill));
  else if (item) await send(ctx, (await moneyScreenOf(ctx, parts, item.id)) ?? { text: item.id });
}

/**
 * A text that looks like a name or number of ours is looked for everywhere; any other may be a sum or a word in a
 * provider's message.
 */
async function find(queries: Queries, text: string): Promise<Found> {
  const item = await suspenseItem(queries, text.toUpperCase());
  const named: Found = {
    topups: await topupsNamed(queries, text),
    bills: await billsNamed(queries, text),
    items: item ? [item] : [],
  };
  const sum = quotedSum(text);
  const ofSum = sum === null ? NOTHING : await findSum(queries, sum);
  const found = merged(named, ofSum);
  if (found.topups.length + found.bills.length + found.items.length > 0) return found;
  const subjects = await subjectsQuoting(queries, text);
  return {
    topups: await topupsByIds(queries, subjects),
    bills: await billsByIds(queries, subjects),
    items: [],
  };
}

const NOTHING: Found = { topups: [], bills: [], items: [] };

async function findSum(queries: Queries, amountTiyin: number): Promise<Found> {
  return {
    topups: await topupsOfSum(queries, amountTiyin),
    bills: await billsOfSum(queries, amountTiyin),
    items: await suspenseOfSum(queries, amountTiyin),
  };
}

function merged(a: Found, b: Found): Found {
  return {
    topups: unique([...a.topups, ...b.topups]),
    bills: unique([...a.bills, ...b.bills]),
    items: unique([...a.items, ...b.items]),
  };
}

function unique<T extends { id: string }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

async function sendHits(ctx: BotContext, text: string, found: Found): Promise<void> {
  const { t } = ctx;
  const items = found.items.map(({ id, amountTiyin }) =>
    suspenseAction(t('payments-button-item', { sum: money(t, amountTiyin), id }), 'show', id),
  );
  const rows = [
    ...found.topups.map((topup) => orderRow(t, topup)),
    ...found.bills.map((bill) => billRow(t, bill)),
    ...items,
  ];
  await send(
    ctx,
    screen(
      [t('payments-found-title', { text: escapeHtml(clip(text, 60)) })],
      [...rows.map((row) => [row]), [deskHomeButton(t)]],
    ),
  );
}
