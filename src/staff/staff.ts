/** Who runs the bot, and what each of them may do. */
import type { Tiyin } from '../core/money.ts';

/** Each may what those before it may: a viewer sees, an operator checks and resolves, an owner moves money. */
export const ROLES = ['viewer', 'operator', 'owner'] as const;

export type Role = (typeof ROLES)[number];

export interface StaffOptions {
  ownerIds: readonly number[];
  operatorIds: readonly number[];
  viewerIds: readonly number[];
  /** Up to this sum an operator decides reviews alone. */
  operatorLimitTiyin: Tiyin;
  /** Above this sum a second owner has to agree; null: never because of the sum. */
  dualControlAboveTiyin: Tiyin | null;
}

export interface Staff extends StaffOptions {
  /** The highest role of this person; null for everybody else. */
  roleOf(userId: number): Role | null;
  may(userId: number, needed: Role): boolean;
  /** Owners who could agree to what this person asked for. */
  otherOwners(userId: number): number[];
}

export function createStaff(options: StaffOptions): Staff {
  const roles = new Map<number, Role>();
  for (const id of options.viewerIds) roles.set(id, 'viewer');
  for (const id of options.operatorIds) roles.set(id, 'operator');
  for (const id of options.ownerIds) roles.set(id, 'owner');
  const roleOf = (userId: number): Role | null => roles.get(userId) ?? null;
  return {
    ...options,
    roleOf,
    may(userId, needed) {
      const role = roleOf(userId);
      return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(needed);
    },
    otherOwners: (userId) => [...new Set(options.ownerIds)].filter((id) => id !== userId),
  };
}
