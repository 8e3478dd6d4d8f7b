/** Who plays in the sandbox. */
import type { Person } from './telegram/types.ts';

export const OWNER_ID = 9001;

export const PERSONS = [
  { id: 1001, firstName: 'Aziza', username: 'aziza_sandbox', languageCode: 'uz' },
  { id: 1002, firstName: 'Бек', username: 'bek_sandbox', languageCode: 'ru' },
  { id: 1003, firstName: 'Laylo', username: 'laylo_sandbox', languageCode: 'en' },
  { id: OWNER_ID, firstName: 'Owner', username: 'owner_sandbox', languageCode: 'en' },
] as const satisfies readonly Person[];
