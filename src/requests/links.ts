/** Links that lead to a request, signed so that nobody can make one up. */
import type { Random } from '../core/deps.ts';
import type { Database } from '../db/database.ts';
import { createSignedLinks, type SignedLinks } from '../db/signed-links.ts';

export type RequestLinks = SignedLinks;

export function createRequestLinks(db: Database, random: Random): RequestLinks {
  return createSignedLinks(db, random, { letter: 'r', key: 'request_key', what: 'request' });
}
