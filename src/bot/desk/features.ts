/** The parts of the desk, in the order of the menu. */
import type { Parts } from '../context.ts';
import type { DeskFeature } from './feature.ts';
import { auditDesk } from './books.ts';
import { decisionsDesk } from './decisions-desk.ts';
import { exportDesk } from './export.ts';
import { statsDesk } from './stats.ts';
import { floatDesk } from './float.ts';
import { deskHome } from './home.ts';
import { peopleDesk } from './people.ts';
import { providersDesk } from './providers.ts';
import { reconcileDesk } from './reconcile.ts';

export function deskFeatures(parts: Parts): DeskFeature[] {
  const features: DeskFeature[] = [peopleDesk(parts), decisionsDesk(parts)];
  features.push(providersDesk(parts), floatDesk(parts), auditDesk(parts), reconcileDesk(parts));
  const views = [statsDesk(parts), exportDesk(parts)];
  return [deskHome(parts, [...features, ...views]), ...features, ...views];
}
