/** Where we pick the sum, a live order may have it already: how that is said, and then another sum may be tried. */
import type { HttpAnswer } from '../client/http.ts';
import type { Problem } from '../topups/provider.ts';
import { byTable, isSuccess, type ErrorTable } from './client.ts';
import { failureWords, isBody, normaliseWords } from '../client/words.ts';

/** "Bu miqdordagi to'lov allaqachon mavjud", "Bu summa band". */
const TAKEN_PARTS = ['allaqachon mavjud', 'summa band', 'already exists', 'уже существует'];

/** By its words, whatever the HTTP status is; with 409 (conflict) also without any that mean something else. */
export function saysSumTaken(answer: HttpAnswer | Problem, errors: ErrorTable): boolean {
  if (answer.kind === 'problem' || isSuccess(answer)) return false;
  const body = isBody(answer.json) ? answer.json : {};
  const words = normaliseWords(failureWords(body));
  if (TAKEN_PARTS.some((part) => words.includes(part))) return true;
  return answer.status === 409 && byTable(body, errors) === undefined;
}
