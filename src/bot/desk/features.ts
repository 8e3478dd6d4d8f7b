/** The parts of the desk, in the order of the menu. */
import type { Parts } from '../context.ts';
import type { DeskFeature } from './feature.ts';
import { deskHome } from './home.ts';

export function deskFeatures(parts: Parts): DeskFeature[] {
  const features: DeskFeature[] = [];
  return [deskHome(parts, features), ...features];
}
