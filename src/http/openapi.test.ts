import { createConfig, lintFromString } from '@redocly/openapi-core';
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMetrics } from '../core/metrics.ts';
import { scriptedProvider } from '../topups/topup-stage.fixture.ts';
import { healthAnswer, openApiOf, ROUTES, routesOf } from './openapi.ts';
import { createRoutes, type RouteDeps } from './routes.ts';

const silent = (): void => undefined;
const order = scriptedProvider('inpay');
const shop = scriptedProvider('payfer', {
  webhook: {
    address: 'shop',
    answer: { contentType: 'text/plain', body: 'OK' },
    saysPaid: () => false,
  },
});

function routesWith(changes: Partial<RouteDeps> = {}): Hono {
  return createRoutes({
    log: { debug: silent, info: silent, warn: silent, error: silent },
    metrics: createMetrics(),
    metricsToken: null,
    webhookSecret: 'a-secret-of-webhooks',
    publicUrl: null,
    providers: [order, shop],
    receive: () => Promise.reject(new Error('not asked')),
    telegram: { secret: 's', accept: () => Promise.resolve() },
    verify: () => Promise.resolve({ isGenuine: false, html: '' }),
    health: () =>
      Promise.resolve({
        ok: false,
        reasons: ['it is slow'],
        facts: { mode: 'live', n: 1, at: null },
      }),
    ready: () => true,
    beforeMetrics: () => Promise.resolve(),
    ...changes,
  });
}

const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))),
  components: z.object({ securitySchemes: z.record(z.string(), z.unknown()) }),
});

async function documentOf(app: Hono) {
  const answer = await app.request('/openapi.json');
  expect(answer.status).toBe(200);
  return documentSchema.parse(await answer.json());
}

/** Each as its method and path. */
function operationsIn(paths: Record<string, object>): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

describe('/openapi.json', () => {
  it('describes each route that other programs call, and none that no program can have', async () => {
    const app = routesWith();
    const { paths } = await documentOf(app);
    const operations = operationsIn(paths);
    expect(operations).toHaveLength(routesOf(app).length);
    const known = operations.map((each) => each.replace(/webhooks\/\w+/, 'webhooks/{provider}'));
    expect(known.toSorted()).toEqual(Object.keys(ROUTES).toSorted());
    const ids = Object.values(paths).flatMap((each) =>
      Object.values(each).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves out a route that nothing is written about, so that the test above notices it', async () => {
    const app = routesWith();
    app.post('/later', (c) => c.text('x'));
    const { paths } = await documentOf(app);
    expect(operationsIn(paths)).toHaveLength(routesOf(app).length - 1);
  });

  it('names only what this program has, and no page for people', async () => {
    const app = routesWith({ webhookSecret: null });
    app.get('/sandbox', (c) => c.text('x'));
    app.get('/desk/orders', (c) => c.text('x'));
    const { paths, components } = await documentOf(app);
    expect(
      Object.keys(paths).filter((path) => /webhooks|telegram|sandbox|desk/.test(path)),
    ).toEqual([]);
    expect(Object.keys(components.securitySchemes)).toEqual(['metricsToken']);
  });

  it('is what a linter of OpenAPI calls right', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] });
    const source = JSON.stringify(openApiOf(routesWith()));
    const problems = await lintFromString({ source, config });
    const told = problems.map(({ ruleId, message, location }) => {
      return `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`;
    });
    // These answer the same whatever is asked for: nobody can ask them wrongly.
    expect(told.filter((each) => !each.startsWith('operation-4xx-response'))).toEqual([]);
    const broken = source.replace('"operationId":"getHealth"', '"operationId":7');
    expect(await lintFromString({ source: broken, config })).not.toEqual([]);
  });

  it('says of /health what it answers', async () => {
    const answer = await routesWith().request('/health');
    expect(answer.status).toBe(503);
    expect(healthAnswer.safeParse(await answer.json()).error).toBeUndefined();
  });
});
