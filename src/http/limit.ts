/** How many requests one address may send. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import type { Clock } from '../core/deps.ts';
import type { Log } from '../core/log.ts';
import { createRateLimiter, type Rate } from '../core/rate-limit.ts';
import { countedAddress } from './address.ts';

interface LimitOptions {
  clock: Clock;
  log: Log;
  /** Whether X-Forwarded-For is written by a proxy of ours. */
  trustProxy: boolean;
  rate?: Rate;
  /** Most requests of one address at a time. */
  atOnce?: number;
}

/**
 * Payment systems send a few webhooks for each order, from one address: 200 at once and 20 each second are hundreds
 * of thousands of orders a day. What is refused beyond that loses nothing: polling finds the payment.
 */
const RATE: Rate = { burst: 200, perSecond: 20 };
/** About 2 MB. */
const MAX_ADDRESSES = 10_000;
/** As connections are where no proxy stands before us: behind one, all are the proxy's. */
const AT_ONCE = 200;
const BUSY_WAIT_MS = 1000;
const LOG_EVERY_MS = 60_000;

/** Answers 429 with Retry-After to an address that sends more than its share, or more at a time. */
export function limitRequests(options: LimitOptions): MiddlewareHandler {
  const { clock, log, trustProxy, rate = RATE, atOnce = AT_ONCE } = options;
  const limiter = createRateLimiter({ clock, maxKeys: MAX_ADDRESSES });
  const underWay = new Map<string, number>();
  let toldAt = Number.NEGATIVE_INFINITY;
  return async (c, next) => {
    const address = countedAddress(originOf(c), { trustProxy });
    if (address === null) return await next();
    const already = underWay.get(address) ?? 0;
    const waitMs = already >= atOnce ? BUSY_WAIT_MS : limiter.take(address, rate);
    if (waitMs === null) {
      underWay.set(address, already + 1);
      try {
        return await next();
      } finally {
        leave(underWay, address);
      }
    }
    if (clock.elapsed() - toldAt >= LOG_EVERY_MS) {
      toldAt = clock.elapsed();
      log.warn({ event: 'http_limited', address }, 'an address sends too many requests');
    }
    return c.text('too many requests', 429, { 'retry-after': String(Math.ceil(waitMs / 1000)) });
  };
}

function leave(underWay: Map<string, number>, address: string): void {
  const left = (underWay.get(address) ?? 1) - 1;
  if (left > 0) underWay.set(address, left);
  else underWay.delete(address);
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
