import type { HttpAnswer } from '../../client/http.ts';
import type { PaylovProblem } from './errors.ts';
import type { Sent } from './client.ts';

/** Why a call that changes nothing has no answer. */
export function unsent(sent: Exclude<Sent, HttpAnswer>): PaylovProblem {
  return sent.kind === 'not_sent' ? sent.problem : { kind: 'problem', code: sent.cause };
}
