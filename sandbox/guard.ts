/** Keeps other web pages out: whoever can open the sandbox can give away its play money. */
import type { MiddlewareHandler } from 'hono';
import { isLoopback } from '../src/settings/kinds.ts';
import { pageHeaders } from '../src/http/page-files.ts';
import { PAGE } from './page-files.ts';

/** A page of another site can set it only after a CORS preflight, which nobody here grants. */
const OWN_HEADER = 'x-sandbox';

const HEADERS = pageHeaders(PAGE);

/**
 * Refuses with 403 a `Host` that is neither this machine nor one of `hosts` (a stranger's name that was made to point
 * here), and whatever changes something without the page's own header.
 */
export function guard(hosts: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const refusal = refusalOf(c.req.raw, hosts);
    if (refusal === null) await next();
    else c.res = c.json({ error: refusal }, 403);
    for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
  };
}

function refusalOf(request: Request, hosts: readonly string[]): string | null {
  if (!isOwnHost(request.headers.get('host') ?? '', hosts)) {
    return 'open the sandbox under 127.0.0.1, or under the name in HOST or PUBLIC_URL';
  }
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  if (isReading || request.headers.get(OWN_HEADER) === '1') return null;
  return `the header "${OWN_HEADER}: 1" is missing`;
}

function isOwnHost(host: string, hosts: readonly string[]): boolean {
  const url = `http://${host}`;
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return isLoopback(url) || hosts.includes(hostname) || hosts.includes(hostname.slice(1, -1));
}
