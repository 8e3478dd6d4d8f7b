/** Opens either end of a copy. */
import type { Clock } from '../../core/deps.ts';
import type { DatabaseAddress } from '../address.ts';
import type { End, Role } from './end.ts';
import { openPostgresEnd } from './postgres-end.ts';
import { openSqliteEnd } from './sqlite-end.ts';

/** Throws CopyError or DatabaseInUseError, and what the engines throw. */
export async function openEnd(address: DatabaseAddress, role: Role, clock: Clock): Promise<End> {
  return address.engine === 'sqlite'
    ? await openSqliteEnd(address.path, role)
    : await openPostgresEnd(address.url, role, clock);
}
