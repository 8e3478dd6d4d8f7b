/** How long each provider could be chosen, looked at each minute and kept by day. */
import { z } from 'zod';

const count = z.int().nonnegative();

export const uptimeSchema = z.record(
  z.string(),
  z.object({ looks: count, open: count, troubled: count, paused: count }),
);

export type Uptime = z.infer<typeof uptimeSchema>;
