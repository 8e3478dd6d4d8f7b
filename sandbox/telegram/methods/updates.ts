import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import { ApiError, badRequest } from '../api-error.ts';
import { botUser } from '../api-objects.ts';
import type { Core, Method } from '../core.ts';
import { checkLink, isLoopbackUrl } from '../link.ts';
import type { Params } from '../params.ts';

const MAX_POLL_SECONDS = 50;
const MAX_UPDATES = 100;
const MAX_SECRET_LENGTH = 256;
const WEBHOOK_PORTS = new Set(['', '80', '88', '443', '8443']);
export const getMe: Method = (core) => ({
  ...botUser(core.bot),
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  supports_guest_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
});

/**
 * Not simulated: the real server slows down a bot that polls the same offset without a timeout, and holds the second
 * 409 within three seconds back.
 */
export const getUpdates: Method = async (core, params, signal) => {
  if (core.webhook.settings) {
    throw new ApiError(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  const offset = params.integer('offset', { fallback: 0 });
  const limit = params.integer('limit', { fallback: MAX_UPDATES, min: 1, max: MAX_UPDATES });
  const seconds = params.integer('timeout', { fallback: 0, min: 0, max: MAX_POLL_SECONDS });
  readAllowed(core, params);
  const updates = await core.polling.poll({ offset, limit, timeoutMs: seconds * 1000, signal });
  return updates.map((update) => update.body);
};

export const setWebhook: Method = (core, params) => {
  const url = params.text('url');
  if (url === '') return deleteWebhook(core, params, AbortSignal.abort());
  const secretToken = params.text('secret_token');
  checkWebhookUrl(core, url);
  if (secretToken.length > MAX_SECRET_LENGTH) throw badRequest('secret token is too long');
  if (!/^[\w-]*$/.test(secretToken)) throw badRequest('secret token contains unallowed characters');
  const isDropping = params.flag('drop_pending_updates');
  if (isDropping) core.queue.clear();
  readAllowed(core, params);
  const settings = {
    url,
    secretToken,
    maxConnections: params.integer('max_connections', { fallback: 40, min: 1, max: 100 }),
    ipAddress: params.text('ip_address'),
  };
  // Set again as it is: deliveries under way go on.
  if (!isDropping && isDeepStrictEqual(settings, core.webhook.settings)) return true;
  core.polling.abortForWebhook();
  core.webhook.start(settings);
  return true;
};

export const deleteWebhook: Method = (core, params) => {
  if (params.flag('drop_pending_updates')) core.queue.clear();
  core.webhook.stop();
  return true;
};

export const getWebhookInfo: Method = (core) => {
  const { settings, lastError } = core.webhook;
  return {
    url: settings?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: core.queue.pending().length,
    ...(lastError && settings
      ? { last_error_date: lastError.atSeconds, last_error_message: lastError.message }
      : {}),
    ...(settings ? { max_connections: settings.maxConnections } : {}),
    ...(settings?.ipAddress ? { ip_address: settings.ipAddress } : {}),
    ...(core.queue.allowed.length > 0 ? { allowed_updates: core.queue.allowed } : {}),
  };
};

/** The list is remembered until another is given; an empty one means the default kinds. */
function readAllowed(core: Core, params: Params): void {
  const given = params.json('allowed_updates', 'allowed_updates');
  if (given === undefined) return;
  const parsed = z.array(z.string()).safeParse(given);
  if (!parsed.success) throw badRequest("Can't parse allowed_updates JSON object");
  core.queue.allowed = parsed.data;
}

function checkWebhookUrl(core: Core, url: string): void {
  const isAllowedLoopback = core.allowLoopback && isLoopbackUrl(url);
  const given = /^https?:\/\//i.test(url) ? url : `https://${url}`;
  if (checkLink(given, { allowLoopback: core.allowLoopback }).kind === 'invalid') {
    throw badRequest('invalid webhook URL specified');
  }
  if (isAllowedLoopback) return;
  if (!given.toLowerCase().startsWith('https:')) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  }
  if (!WEBHOOK_PORTS.has(new URL(given).port)) {
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
  }
}
