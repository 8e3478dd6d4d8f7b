/** What the page does to the program: kill it, start it, hurry its time. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { ProgramDesk } from './program/desk.ts';
import { readBody, RequestProblem } from './requests.ts';

const timeBody = z.strictObject({ rate: z.union([z.literal(1), z.literal(60), z.literal(4320)]) });

export function programApi(desk: ProgramDesk): Hono {
  const api = new Hono();
  api.get('/', (c) => c.json(desk.view()));
  api.post('/kill', (c) => {
    if (!desk.kill())
      throw new RequestProblem(409, 'the program does not run as a process of its own');
    return c.json(desk.view());
  });
  api.post('/start', (c) => {
    if (!desk.revive()) throw new RequestProblem(409, 'the program is not stopped');
    return c.json(desk.view());
  });
  api.post('/time', async (c) => {
    const { rate } = await readBody(c, timeBody);
    if (!desk.setRate(rate)) throw new RequestProblem(409, 'time cannot run faster here');
    return c.json(desk.time());
  });
  return api;
}
