/**
 * What stands behind `?start=` in a link of ours: an id, signed with a key of this database, so that a link can't be made up.
 * Telegram allows 64 characters of `A-Z a-z 0-9 _ -`.
 */
import type { Random } from '../core/deps.ts';
import { ID_ALPHABET, ID_LENGTH } from '../core/ids.ts';
import { sameSecret } from '../core/same-secret.ts';
import type { Database } from './database.ts';
import { SIGNATURE, signerOf } from './signing-key.ts';

export interface SignedLinks {
  /** The same for the same id. */
  payloadOf(id: string): Promise<string>;
  /** The id; null for whatever `payloadOf` did not make. */
  read(payload: string): Promise<string | null>;
}

/** Links to one kind of thing: `letter` begins their payloads, `key` is where the database keeps the key. */
export function createSignedLinks(
  db: Database,
  random: Random,
  { letter, key, what }: { letter: string; key: string; what: string },
): SignedLinks {
  const form = new RegExp(`^${letter}1-([${ID_ALPHABET}]{${ID_LENGTH}})-(${SIGNATURE})$`);
  const sign = signerOf(db, random, key);
  const signatureOf = async (id: string) => await sign(`${what}:1:${id}`);
  return {
    payloadOf: async (id) => `${letter}1-${id}-${await signatureOf(id)}`,
    async read(payload) {
      const [, id, signature] = form.exec(payload) ?? [];
      if (id === undefined) return null;
      return sameSecret(signature, await signatureOf(id)) ? id : null;
    },
  };
}
