/** How many requests one address may send. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import type { Clock } from '../deps.ts';
import type { Log } from '../log.ts';
import { createRateLimiter, type Rate } from '../rate-limit.ts';
import { countedAddress } from './address.ts';

export interface LimitOptions {
  clock: Clock;
  log: Log;
  /** X-Forwarded-For is from a proxy of ours. */
  trustProxy: boolean;
  rate?: Rate;
}

/**
 * Payment systems send a few webhooks for each order, from one address: 200 at once and 20 each second are hundreds
 * of thousands of orders a day. What is refused beyond that loses nothing: polling finds the payment.
 */
const RATE: Rate = { burst: 200, perSecond: 20 };
/** About 2 MB. */
const MAX_ADDRESSES = 10_000;
const LOG_EVERY_MS = 60_000;

/** Answers 429 with Retry-After to an address that sends more than its share. */
export function limitRequests(options: LimitOptions): MiddlewareHandler {
  const { clock, log, trustProxy, rate = RATE } = options;
  const limiter = createRateLimiter({ clock, maxKeys: MAX_ADDRESSES });
  let toldAt = Number.NEGATIVE_INFINITY;
  return async (c, next) => {
    const address = countedAddress(originOf(c), { trustProxy });
    const waitMs = address === null ? null : limiter.take(address, rate);
    if (waitMs === null) return await next();
    if (clock.elapsed() - toldAt >= LOG_EVERY_MS) {
      toldAt = clock.elapsed();
      log.warn({ event: 'http_limited', address }, 'an address sends too many requests');
    }
    return c.text('too many requests', 429, { 'retry-after': String(Math.ceil(waitMs / 1000)) });
  };
}

function originOf(c: Context): {
  socketAddress: string | undefined;
  forwardedFor: string | undefined;
} {
  return {
    // A request that came through no socket, as in the simulation, has no address.
    socketAddress: c.env === undefined ? undefined : getConnInfo(c).remote.address,
    forwardedFor: c.req.header('x-forwarded-for'),
  };
}
