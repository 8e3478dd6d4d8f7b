/** People: who they are, what they have, and what the staff does for them. */
import type { Parts } from '../context.ts';
import type { DeskFeature } from './feature.ts';
import { MONEY_PERFORMERS } from './people-money.ts';

export const PEOPLE_AREA = 'people';

export function peopleDesk(_parts: Parts): DeskFeature {
  return { area: PEOPLE_AREA, performers: MONEY_PERFORMERS };
}
