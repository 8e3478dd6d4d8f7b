/** Each minute: what was taken off the menu is tried again when it is due, how long who was up is noted, and the float. */
import type { Tx } from '../db/database.ts';
import { fallenFloat, tooLittleFor } from '../ledger/float.ts';
import { autoNeeded } from '../monthly/auto-figures.ts';
import type { Tiyin } from '../core/money.ts';
import type { TopupDeps } from '../topups/deps.ts';
import { availability, providerState } from '../topups/provider-state.ts';
import { runTrials } from '../topups/provider-trials.ts';
import { putReport, reportOf } from '../books/day-reports.ts';
import { dayAfter, dayOf } from '../core/calendar.ts';
import { type Uptime, uptimeSchema } from '../books/uptime.ts';

export async function watchProviders(
  deps: TopupDeps,
  { floatAlertTiyin }: { floatAlertTiyin: Tiyin | null },
): Promise<void> {
  await runTrials(deps);
  const at = deps.clock.now();
  await deps.write(async (tx) => {
    await noteUptime(deps, tx, at);
    if (floatAlertTiyin === null) return;
    const leftTiyin = await fallenFloat(tx, floatAlertTiyin);
    if (leftTiyin !== null) {
      await deps.alarm(tx, { kind: 'float_low', leftTiyin, alertTiyin: floatAlertTiyin }, at);
    }
    await watchTomorrow(deps, tx, at);
  });
}

/** What pays itself until tomorrow's end is more than what is left: told while there is time to put something on the card. */
async function watchTomorrow({ alarm }: TopupDeps, tx: Tx, at: number): Promise<void> {
  const neededTiyin = await autoNeeded(tx, dayAfter(dayOf(at)));
  const leftTiyin = await tooLittleFor(tx, { day: dayOf(at), neededTiyin, at });
  if (leftTiyin !== null) await alarm(tx, { kind: 'float_needed', leftTiyin, neededTiyin }, at);
}

/** Counts one look more for each provider in the day's report. */
async function noteUptime(deps: TopupDeps, tx: Tx, at: number): Promise<void> {
  const day = dayOf(at);
  const parsed = uptimeSchema.safeParse(await reportOf(tx, 'uptime', day));
  const data: Uptime = parsed.success ? parsed.data : {};
  for (const { id } of deps.providers.values()) {
    const now = availability(await providerState(tx, id));
    const before = data[id] ?? { looks: 0, open: 0, troubled: 0, paused: 0 };
    data[id] = { ...before, looks: before.looks + 1, [now]: before[now] + 1 };
  }
  await putReport(tx, { kind: 'uptime', day, data, at });
}
