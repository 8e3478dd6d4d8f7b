/** The parts of the desk, in the order of the menu. */
import type { Parts } from '../context.ts';
import type { DeskFeature } from './feature.ts';
import { decisionsDesk } from './decisions-desk.ts';
import { deskHome } from './home.ts';
import { peopleDesk } from './people.ts';

export function deskFeatures(parts: Parts): DeskFeature[] {
  const features: DeskFeature[] = [peopleDesk(parts), decisionsDesk(parts)];
  return [deskHome(parts, features), ...features];
}
