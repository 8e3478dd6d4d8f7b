/** The parts of the desk, in the order of the menu. */
import type { Parts } from '../kit/context.ts';
import type { DeskFeature } from './kit/feature.ts';
import { billsDesk } from './bills/bills.ts';
import { auditDesk } from './books/audit.ts';
import { broadcastDesk } from './broadcast/broadcast.ts';
import { approvalsDesk } from './approvals/approvals-desk.ts';
import { exportDesk } from './export/export.ts';
import { servicesDesk } from './services/services.ts';
import { statsDesk } from './stats/stats.ts';
import { floatDesk } from './books/float.ts';
import { debtsDesk } from './debts/debts.ts';
import { deskHome } from './kit/home.ts';
import { ordersDesk } from './orders/orders.ts';
import { peopleDesk } from './people/people.ts';
import { providersDesk } from './providers/providers.ts';
import { reconcileDesk } from './books/reconcile.ts';
import { verifyDesk } from './receipts/verify.ts';
import { settingsDesk } from './settings/settings.ts';
import { searchDesk } from './search/search.ts';
import { ticketsDesk } from './support/tickets.ts';
import { suspenseDesk } from './suspense/suspense.ts';

export function deskFeatures(parts: Parts): DeskFeature[] {
  const features: DeskFeature[] = [peopleDesk(parts), approvalsDesk(parts)];
  features.push(ordersDesk(parts), billsDesk(parts), suspenseDesk(parts), searchDesk(parts));
  features.push(ticketsDesk(parts));
  features.push(
    providersDesk(parts),
    floatDesk(parts),
    servicesDesk(parts),
    debtsDesk(parts),
    auditDesk(parts),
    reconcileDesk(parts),
  );
  features.push(verifyDesk(parts), statsDesk(parts), exportDesk(parts), broadcastDesk(parts));
  features.push(settingsDesk(parts));
  return [deskHome(parts, features), ...features];
}
