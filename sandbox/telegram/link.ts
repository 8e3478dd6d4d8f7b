type CheckedLink = { kind: 'ok'; url: string } | { kind: 'invalid'; reason: string };

interface UrlParts {
  protocol: 'http' | 'https';
  hasProtocol: boolean;
  userinfo: string;
  host: string;
  port: number;
  rest: string;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const HOST = /^(?:[\w.\-!$,~*'();&+=\u0080-\uffff]|%[0-9a-f]{2})+$/i;

/** Whether a URL's host is this machine. */
export function isLoopbackUrl(url: string): boolean {
  const parts = splitUrl(url);
  return typeof parts !== 'string' && LOOPBACK.test(parts.host);
}

/**
 * Checks and normalises a link as TDLib's LinkManager does: http(s), `tg:` and `ton:` links, a host with a dot. The
 * real service refuses `http://localhost`; `allowLoopback` lets it pass.
 */
export function checkLink(link: string, options: { allowLoopback: boolean }): CheckedLink {
  const app = /^(tg|ton|tonsite):(?:\/\/)?/i.exec(link);
  const parts = splitUrl(app ? link.slice(app[0].length) : link);
  if (typeof parts === 'string') return { kind: 'invalid', reason: parts };
  if (app) return checkAppLink(app[1]?.toLowerCase() ?? 'tg', parts);
  const isLoopback = LOOPBACK.test(parts.host);
  if (isLoopback ? !options.allowLoopback : !/[.[]/.test(parts.host)) {
    return { kind: 'invalid', reason: 'Wrong HTTP URL' };
  }
  const user = parts.userinfo === '' ? '' : `${parts.userinfo}@`;
  const port = parts.port === 0 ? '' : `:${parts.port}`;
  return { kind: 'ok', url: `${parts.protocol}://${user}${parts.host}${port}${parts.rest}` };
}

function checkAppLink(scheme: string, parts: UrlParts): CheckedLink {
  if (
    parts.hasProtocol ||
    parts.userinfo !== '' ||
    parts.port !== 0 ||
    parts.host.startsWith('[')
  ) {
    return { kind: 'invalid', reason: scheme === 'tg' ? 'Wrong tg URL' : 'Wrong ton URL' };
  }
  const allowed = scheme === 'tonsite' ? /^[a-z0-9\-_.]+$/ : /^[a-z0-9\-_]+$/;
  if (!allowed.test(parts.host)) {
    return { kind: 'invalid', reason: 'Unallowed characters in URL host' };
  }
  const rest = parts.rest.startsWith('/?') ? parts.rest.slice(1) : parts.rest;
  return { kind: 'ok', url: `${scheme}://${parts.host}${rest}` };
}

/** The parts, or the reason why it is no URL. Without a protocol, http is meant. */
function splitUrl(url: string): UrlParts | string {
  const protocolMatch = /^([^:/?#@[\]]*):\/\//.exec(url);
  const protocol = protocolMatch?.[1]?.toLowerCase() ?? 'http';
  if (protocol !== 'http' && protocol !== 'https') return 'Unsupported URL protocol';
  const afterProtocol = url.slice(protocolMatch?.[0].length ?? 0);
  const authority = /^[^/?#]*/.exec(afterProtocol)?.[0] ?? '';
  const at = authority.lastIndexOf('@');
  const hostAndPort = authority.slice(at + 1);
  const portMatch = /:([^:\]]*)$/.exec(hostAndPort);
  const port = portMatch ? Number(portMatch[1] === '' ? Number.NaN : portMatch[1]) : 0;
  if (portMatch && !(Number.isInteger(port) && port > 0 && port <= 65535)) {
    return 'Wrong port number specified in the URL';
  }
  const host = hostAndPort.slice(0, portMatch?.index ?? hostAndPort.length).toLowerCase();
  if (host === '') return 'URL host is empty';
  if (host === '.') return 'Host is invalid';
  if (!/^\[[0-9a-f:.]+\]$/.test(host) && !HOST.test(host))
    return 'Disallowed character in URL host';
  const tail = afterProtocol.slice(authority.length).trimEnd();
  return {
    protocol,
    hasProtocol: protocolMatch !== null,
    userinfo: at < 0 ? '' : authority.slice(0, at),
    host,
    port,
    rest: (tail.startsWith('/') ? tail : `/${tail}`).replaceAll(' ', '%20'),
  };
}
