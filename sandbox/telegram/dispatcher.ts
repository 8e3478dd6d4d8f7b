import { ApiError } from './api-error.ts';
import type { Core, Method } from './core.ts';
import type { FaultEffect } from './faults.ts';
import * as chat from './methods/chat.ts';
import * as draft from './methods/draft.ts';
import * as edit from './methods/edit.ts';
import * as profile from './methods/profile.ts';
import * as send from './methods/send.ts';
import * as updates from './methods/updates.ts';
import type { Params } from './params.ts';
import type { ApiCall } from './types.ts';

type Outcome =
  | { kind: 'answer'; status: number; body: Record<string, unknown> }
  /** The connection breaks without an answer. */
  | { kind: 'drop' };

/** Method names in lower case: the real server does not look at case. */
const METHODS = new Map<string, Method>(
  Object.entries({ ...updates, ...send, ...draft, ...edit, ...chat, ...profile }).map(
    ([name, method]) => [name.toLowerCase(), method],
  ),
);

/** Runs one call with its faults and writes it to the log. Errors of the API become answers; bugs throw. */
export async function dispatch(
  core: Core,
  call: { method: string; params: Params; signal: AbortSignal },
): Promise<Outcome> {
  const entry = core.calls.add({
    method: call.method,
    body: call.params.toRecord(),
    at: core.clock.now(),
  });
  const fault = core.faults.take({
    method: call.method.toLowerCase(),
    chatId: chatOf(core, call.params),
  });
  if (fault === 'drop-before') return drop(entry);
  const outcome = await answer(core, call, fault);
  if (fault === 'drop-after') return drop(entry);
  if (outcome.kind === 'answer') {
    entry.outcome = outcome.status === 200 ? 'ok' : 'error';
    if (typeof outcome.body['description'] === 'string') {
      entry.description = outcome.body['description'];
    }
  }
  return outcome;
}

async function answer(
  core: Core,
  call: { method: string; params: Params; signal: AbortSignal },
  fault: FaultEffect | undefined,
): Promise<Outcome> {
  try {
    if (typeof fault === 'object') await applyFault(core, fault);
    const method = METHODS.get(call.method.toLowerCase());
    if (!method) throw new ApiError(404, 'Not Found: method not found');
    const result = await method(core, call.params, call.signal);
    return { kind: 'answer', status: 200, body: { ok: true, result } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { kind: 'answer', status: error.code, body: error.toBody() };
  }
}

/** A delayed call takes effect even when its caller gave up meanwhile, as on a slow server. */
async function applyFault(core: Core, fault: Exclude<FaultEffect, string>): Promise<void> {
  if ('delayMs' in fault) return core.clock.sleep(fault.delayMs, core.stopping.signal);
  throw new ApiError(fault.status, fault.description, fault.retryAfter);
}

function drop(entry: ApiCall): Outcome {
  entry.outcome = 'dropped';
  return { kind: 'drop' };
}

function chatOf(core: Core, params: Params): number | undefined {
  const chatId = params.integer('chat_id', { fallback: 0 });
  if (chatId !== 0) return chatId;
  return core.callbacks.find(params.text('callback_query_id'))?.userId;
}
