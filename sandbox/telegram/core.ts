import type { Clock } from '../../src/core/deps.ts';
import type { BotIdentity } from './api-objects.ts';
import type { CallLog } from './call-log.ts';
import type { CallbackQueries } from './callback-queries.ts';
import type { Faults } from './faults.ts';
import type { Params } from './params.ts';
import type { Pacing } from './pacing.ts';
import type { Polling } from './polling.ts';
import type { BotProfile } from './bot-profile.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { WebhookSender } from './webhook.ts';
import type { World } from './world.ts';

/** Everything the methods of the Bot API work on. */
export interface Core {
  clock: Clock;
  world: World;
  bot: BotIdentity;
  token: string;
  queue: UpdateQueue;
  polling: Polling;
  webhook: WebhookSender;
  profile: BotProfile;
  callbacks: CallbackQueries;
  faults: Faults;
  calls: CallLog;
  /** Null when calls are not paced. */
  pacing: Pacing | null;
  allowLoopback: boolean;
  /** A server that does not know what came with the Bot API's later versions: it refuses it. */
  isOld: boolean;
  /** Aborts when the simulation is closed. */
  stopping: AbortController;
}

/** One method of the Bot API: returns `result`, throws ApiError. `signal` aborts when the caller goes away. */
export type Method = (core: Core, params: Params, signal: AbortSignal) => unknown;
