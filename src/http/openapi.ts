/** `GET /openapi.json`: what the routes are for, written down beside them and made from those that there are. */
import type { Hono } from 'hono';
import { z } from 'zod';
import { VERSION } from '../core/version.ts';

/** How `/health` answers; its facts depend on the database and on what is set. */
export const healthAnswer = z
  .object({
    status: z.enum(['ok', 'failing']),
    reasons: z.array(z.string()).optional().describe('What is wrong, only where it is failing.'),
  })
  .catchall(z.union([z.string(), z.number(), z.null()]));

const readyAnswer = z.object({ status: z.enum(['ready', 'not ready']) });

interface Answer {
  description: string;
  /** Media type and what is in it; none for an answer without a body. */
  content?: readonly [type: string, schema: z.ZodType];
}

interface Described {
  summary: string;
  /** What stands in the path, or behind `?`, by name. */
  parameters?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: { type: string; description: string };
  /** The key in `components.securitySchemes`. */
  security?: string;
  answers: Readonly<Record<number, Answer>>;
}

const text = (description: string): Answer => ({
  description,
  content: ['text/plain', z.string()],
});

const NOT_FOUND = text('There is nothing here, or a secret in the path is wrong.');
const TOO_LARGE = text('The body is too large.');
const NOT_JSON = text('The body is no JSON.');
const NO_REPORT = text('The body is neither JSON nor the fields of a form.');
const TOO_OFTEN = text('This address asks too often.');

const REPORT = {
  type: 'application/json',
  description: 'As the payment system sends it. Nothing in it credits: it is a reason to ask.',
};

const TELEGRAM = 'telegramSecret';
const METRICS = 'metricsToken';

/** What is written about each route that this program may have, by method and path; `{provider}` is any payment system. */
export const ROUTES: Readonly<Record<string, Described>> = {
  'GET /health': {
    summary: 'Whether the process works',
    answers: {
      200: { description: 'It does.', content: ['application/json', healthAnswer] },
      429: TOO_OFTEN,
      503: { description: 'It does not, and why.', content: ['application/json', healthAnswer] },
    },
  },
  'GET /ready': {
    summary: 'Whether the process takes work',
    answers: {
      200: { description: 'It does.', content: ['application/json', readyAnswer] },
      429: TOO_OFTEN,
      503: { description: 'It starts or stops.', content: ['application/json', readyAnswer] },
    },
  },
  'GET /metrics': {
    summary: 'What Prometheus asks for',
    security: METRICS,
    answers: {
      200: text('The metrics in the text format of Prometheus.'),
      401: text('METRICS_TOKEN is set, and this is another or none.'),
      429: TOO_OFTEN,
    },
  },
  'GET /openapi.json': {
    summary: 'This document',
    answers: {
      200: { description: 'OpenAPI 3.1.', content: ['application/json', z.looseObject({})] },
      429: TOO_OFTEN,
    },
  },
  'GET /verify/{code}': {
    summary: 'Whether a receipt is genuine, and how the payment is by now',
    parameters: { code: 'The code on the receipt.' },
    query: { lang: 'The language of the page: uz, uz-Cyrl, ru or en.' },
    answers: {
      200: { description: 'A page for people: it is.', content: ['text/html', z.string()] },
      404: { description: 'A page for people: it is not.', content: ['text/html', z.string()] },
      429: TOO_OFTEN,
    },
  },
  'POST /webhooks/{provider}/{order}/{token}': {
    summary: 'A payment system reports about one order',
    parameters: { order: 'Our number of the order.', token: 'A secret of this order alone.' },
    body: REPORT,
    answers: {
      200: text('Heard, whatever it says.'),
      400: { ...NO_REPORT, description: `${NO_REPORT.description} Heard all the same.` },
      404: NOT_FOUND,
      413: TOO_LARGE,
      429: TOO_OFTEN,
    },
  },
  'POST /webhooks/{provider}/{secret}': {
    summary: 'A payment system reports about any of its orders',
    parameters: { secret: 'WEBHOOK_SECRET.' },
    body: REPORT,
    answers: {
      200: text('Heard, whatever it says.'),
      400: NO_REPORT,
      404: NOT_FOUND,
      413: TOO_LARGE,
      429: TOO_OFTEN,
    },
  },
  'POST /telegram/{secret}': {
    summary: 'Telegram delivers an update',
    parameters: { secret: 'WEBHOOK_SECRET.' },
    security: TELEGRAM,
    body: { type: 'application/json', description: 'An Update of the Bot API.' },
    answers: {
      200: { description: 'It is stored, and will be handled.' },
      400: NOT_JSON,
      404: NOT_FOUND,
      413: TOO_LARGE,
    },
  },
};

/** Pages for people, with their own ways: no other program calls them. */
const PAGES = /^\/(?:desk|sandbox)(?:\/|$)/;

interface RouteName {
  method: string;
  path: string;
}

/** `/webhooks/payfer/:secret` is `/webhooks/payfer/{secret}`. */
function openPath(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

function keyOf({ method, path }: RouteName): string {
  return `${method} ${openPath(path).replace(/^\/webhooks\/\w+\//, '/webhooks/{provider}/')}`;
}

/** The routes of `app` that other programs call, each once. */
export function routesOf(app: Hono): RouteName[] {
  const own = app.routes.filter(({ method, path }) => method !== 'ALL' && !PAGES.test(path));
  const named = own.map(({ method, path }): [string, RouteName] => [
    `${method} ${path}`,
    { method, path },
  ]);
  return [...new Map(named).values()];
}

/** OpenAPI 3.1 of the routes that this program has: without webhooks, say, there are none in it. */
export function openApiOf(app: Hono): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routesOf(app)) {
    const described = ROUTES[keyOf(route)];
    if (!described) continue;
    const path = openPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, described) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tolov',
      version: VERSION,
      description: 'What payment systems, Telegram, monitoring and receipts call.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: { securitySchemes: schemesOf(paths) },
  };
}

function operation({ method, path }: RouteName, described: Described): object {
  const { summary, parameters = {}, query = {}, body, security, answers } = described;
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^a-zA-Z]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    security: security === undefined ? [] : [{ [security]: [] }],
    parameters: [...parametersIn('path', parameters), ...parametersIn('query', query)],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            description: body.description,
            required: true,
            content: { [body.type]: { schema: {} } },
          },
        }),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [status, responseOf(answer)]),
    ),
  };
}

function parametersIn(place: 'path' | 'query', names: Readonly<Record<string, string>>): object[] {
  return Object.entries(names).map(([name, description]) => ({
    name,
    in: place,
    required: place === 'path',
    description,
    schema: { type: 'string' },
  }));
}

function responseOf({ description, content }: Answer): object {
  if (!content) return { description };
  const [type, schema] = content;
  return { description, content: { [type]: { schema: schemaOf(schema) } } };
}

/** OpenAPI 3.1 takes JSON Schema as it is; which edition that is stands in the document already. */
function schemaOf(schema: z.ZodType): object {
  const { $schema: _edition, ...rest } = z.toJSONSchema(schema);
  return rest;
}

const SCHEMES = {
  [METRICS]: { type: 'http', scheme: 'bearer', description: 'METRICS_TOKEN, where it is set.' },
  [TELEGRAM]: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Telegram-Bot-Api-Secret-Token',
    description: 'Set with the webhook, by the program itself.',
  },
} as const;

/** Only those that a route asks for. */
function schemesOf(paths: object): object {
  const used = JSON.stringify(paths);
  return Object.fromEntries(
    Object.entries(SCHEMES).filter(([name]) => used.includes(`{"${name}":[]}`)),
  );
}
