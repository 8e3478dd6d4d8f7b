/** The parts of the desk, in the order of the menu. */
import type { Parts } from '../context.ts';
import type { DeskFeature } from './feature.ts';
import { billsDesk } from './bills.ts';
import { auditDesk } from './books.ts';
import { broadcastDesk } from './broadcast.ts';
import { decisionsDesk } from './decisions-desk.ts';
import { exportDesk } from './export.ts';
import { statsDesk } from './stats.ts';
import { floatDesk } from './float.ts';
import { deskHome } from './home.ts';
import { ordersDesk } from './orders.ts';
import { peopleDesk } from './people.ts';
import { providersDesk } from './providers.ts';
import { reconcileDesk } from './reconcile.ts';
import { searchDesk } from './search.ts';
import { suspenseDesk } from './suspense.ts';

export function deskFeatures(parts: Parts): DeskFeature[] {
  const features: DeskFeature[] = [peopleDesk(parts), decisionsDesk(parts)];
  features.push(ordersDesk(parts), billsDesk(parts), suspenseDesk(parts), searchDesk(parts));
  features.push(providersDesk(parts), floatDesk(parts), auditDesk(parts), reconcileDesk(parts));
  features.push(statsDesk(parts), exportDesk(parts), broadcastDesk(parts));
  return [deskHome(parts, features), ...features];
}
