/** The sandbox as it is started: this process holds the world, the page and the address; the program is its child. */
import { Hono } from 'hono';
import type { Config } from '../../src/settings/types.ts';
import { fileOf } from '../../src/db/open.ts';
import type { Deps } from '../../src/core/deps.ts';
import { startHttpServer, type HttpServer } from '../../src/http/server.ts';
import type { Log } from '../../src/core/log.ts';
import { lastTimeIn } from '../books/last-time.ts';
import { openBooks } from '../books/books.ts';
import { type Sandbox, startSandbox } from '../sandbox.ts';
import { watchCalls } from '../time/calls-under-way.ts';
import { createTimeKeeper } from '../time/time-keeper.ts';
import { forward, limitForwarded } from './forward.ts';
import { createDesk } from './desk.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';

interface SandboxRun {
  /** Resolves once the program works. Rejects when it can't: nothing is left running then. */
  start(): Promise<{ address: string; port: number }>;
  /** Ends the program, then the world: within 10 s. */
  stop(): Promise<void>;
}

const HTTP_STOP_MS = 500;

export async function createSandboxRun(options: {
  config: Config;
  real: Deps;
  log: Log;
}): Promise<SandboxRun> {
  const { config, real, log } = options;
  // Nothing that is written may lie in the future, also when time was hurried in an earlier run.
  const path = fileOf(config.database);
  const startAt = Math.max(real.clock.now(), lastTimeIn(path) ?? 0);
  const time = createTimeKeeper(real.clock, startAt);
  const calls = watchCalls(real.fetch);
  const program = createSupervisor({
    config: () => configOfChild(sandbox.config),
    clock: real.clock,
    time,
    log,
    worldRests: () => calls.none(),
  });
  const sandbox = await startSandbox({
    config,
    deps: { clock: time.clock, random: real.random, fetch: calls.fetch },
    log,
    program: {
      desk: createDesk(program, time),
      real: real.clock,
      openBooks: (world) => openBooks({ ...world, path, clock: time.clock }),
    },
  });
  return runOf({ config, sandbox, program, real });
}

function runOf(parts: {
  config: Config;
  sandbox: Sandbox;
  program: Supervisor;
  real: Deps;
}): SandboxRun {
  const { config, sandbox, program, real } = parts;
  let server: HttpServer | null = null;
  const stop = async (): Promise<void> => {
    sandbox.closePages();
    await program.stop();
    await sandbox.close();
    await server?.close({ deadlineMs: HTTP_STOP_MS });
  };
  return {
    stop,
    start: async () => {
      try {
        server = await startHttpServer(doors(sandbox, program, real), config.http);
        const { port } = server;
        const address = ownAddress(config.http.host, port);
        sandbox.onPublicUrl((url) => program.setPublicUrl(url));
        sandbox.connected({ baseUrl: address });
        program.setPublicUrl(sandbox.publicUrl());
        await program.start();
        return { address, port };
      } catch (error) {
        await stop();
        throw error;
      }
    },
  };
}

/** It listens on a port of its own, which only this process asks; the world asks at the sandbox's address. */
function configOfChild(config: Config): Config {
  return { ...config, http: { ...config.http, host: '127.0.0.1', port: 0, publicUrl: null } };
}

function doors(sandbox: Sandbox, program: Supervisor, real: Deps): Hono {
  const app = new Hono();
  app.route('/sandbox', sandbox.routes);
  app.all('*', limitForwarded, (c) =>
    forward(c, { address: program.address(), clock: real.clock, fetch: real.fetch }),
  );
  return app;
}

/** Where this machine reaches the sandbox, for webhooks and the banner. */
export function ownAddress(host: string, port: number): string {
  const isEvery = ['0.0.0.0', '::', '::0', ''].includes(host);
  const name = isEvery ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
