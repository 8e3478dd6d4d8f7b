/** What the morning's comparison with Paylov's list found about a day. */
import { z } from 'zod';
import type { Queries } from '../db/database.ts';
import { reportOf } from './day-reports.ts';

const finding = z.object({
  kind: z.string(),
  transactionId: z.string().nullable(),
  billId: z.string().nullish(),
  amountTiyin: z.int().optional(),
  hereTiyin: z.int().optional(),
  thereTiyin: z.int().optional(),
});

const reportSchema = z.object({
  findings: z.array(finding),
  there: z.int(),
  here: z.int(),
  complete: z.boolean(),
});

export type PaylovFinding = z.infer<typeof finding>;
export type PaylovDay = z.infer<typeof reportSchema>;

/** Null: that day was not compared. */
export async function comparePaylov(queries: Queries, day: string): Promise<PaylovDay | null> {
  const parsed = reportSchema.safeParse(await reportOf(queries, 'bills', day));
  return parsed.success ? parsed.data : null;
}
