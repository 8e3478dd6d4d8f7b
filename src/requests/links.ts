/**
 * What stands behind `?start=` in a request's link: its id, signed, so that a link can't be made up. Telegram allows 64
 * characters of `A-Z a-z 0-9 _ -`.
 */
import type { Random } from '../core/deps.ts';
import { ID_ALPHABET, ID_LENGTH } from '../core/ids.ts';
import { sameSecret } from '../core/same-secret.ts';
import type { Database } from '../db/database.ts';
import { SIGNATURE, signerOf } from '../db/signing-key.ts';

export interface RequestLinks {
  /** The same for the same request. */
  payloadOf(id: string): Promise<string>;
  /** The request's id; null for whatever `payloadOf` did not make. */
  read(payload: string): Promise<string | null>;
}

const PAYLOAD = new RegExp(`^r1-([${ID_ALPHABET}]{${ID_LENGTH}})-(${SIGNATURE})$`);

export function createRequestLinks(db: Database, random: Random): RequestLinks {
  const sign = signerOf(db, random, 'request_key');
  const signatureOf = async (id: string) => await sign(`request:1:${id}`);
  return {
    payloadOf: async (id) => `r1-${id}-${await signatureOf(id)}`,
    async read(payload) {
      const [, id, signature] = PAYLOAD.exec(payload) ?? [];
      if (id === undefined) return null;
      return sameSecret(signature, await signatureOf(id)) ? id : null;
    },
  };
}
