/** Where a request goes, as its sender wrote it: addresses are typed into panels and passed on by proxies. */
import { Hono } from 'hono';

const { getPath } = new Hono();

/**
 * The path without what does not matter: a slash at its end, slashes said twice, and the path that `PUBLIC_URL` has, for a
 * proxy may pass it on or take it away.
 */
export function placeOf(request: Request, publicUrl: string | null): string {
  const path = getPath(request).replace(/\/{2,}/g, '/');
  const base = publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');
  const own = base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  return own.replace(/(?<=.)\/$/, '');
}
