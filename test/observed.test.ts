/** What monitoring and the log see of the whole program: everything from the start, and each payment once. */
import { afterEach, expect, it } from 'vitest';
import { TOPUP_OUTCOMES, WEBHOOK_OUTCOMES } from '../src/core/metrics.ts';
import { PROBLEMS } from '../src/topups/provider.ts';
import { VERSION } from '../src/core/version.ts';
import {
  begin,
  findings,
  openOrder,
  OWNER,
  poll,
  type Stage,
  startStage,
  TITLES,
  USER,
} from './stage.ts';

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

/** Each line of ours by its name and labels. */
async function metrics(): Promise<Map<string, number>> {
  const text = await (await fetch(`${stage.baseUrl}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith('tolov_'));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

/** The data of each line with this event. */
function logged(event: string): Record<string, unknown>[] {
  const lines = stage.log.map((line): unknown => JSON.parse(line));
  return lines.filter(
    (line): line is Record<string, unknown> => (line as { event?: unknown }).event === event,
  );
}

it('a fresh program has each counter at zero, for each payment system and outcome', async () => {
  stage = await startStage();
  const seen = await metrics();
  const counters = [...seen].filter(([name]) => /^tolov_\w+_total/.test(name));
  const moved = counters.filter(([name, value]) => value !== 0 && !name.includes('_db_'));
  expect(moved).toEqual([]);
  for (const provider of Object.keys(TITLES)) {
    for (const outcome of TOPUP_OUTCOMES)
      expect(seen.has(`tolov_topups_total{provider="${provider}",outcome="${outcome}"}`)).toBe(
        true,
      );
    for (const outcome of WEBHOOK_OUTCOMES)
      expect(seen.has(`tolov_webhooks_total{provider="${provider}",outcome="${outcome}"}`)).toBe(
        true,
      );
    for (const outcome of ['pending', 'paid', 'closed', ...Object.keys(PROBLEMS)]) {
      const labels = `provider="${provider}",call="check",outcome="${outcome}"`;
      expect(seen.has(`tolov_provider_calls_total{${labels}}`)).toBe(true);
    }
  }
  for (const state of ['paid', 'failed', 'refunded'])
    expect(seen.has(`tolov_bills_total{source="balance",state="${state}"}`)).toBe(true);
  const database = stage.app.db.shared ? 'postgres' : 'sqlite';
  expect(seen.get(`tolov_build_info{version="${VERSION}",database="${database}"}`)).toBe(1);
  for (const of of ['last_timestamp_seconds', 'broken', 'findings'])
    expect(seen.get(`tolov_audit_${of}`)).toBe(0);
});

it('a payment, and what an owner does by hand, stand in the log once, with ids and sums and no name', async () => {
  stage = await startStage();
  const person = await begin(stage);
  await openOrder(stage, person, { provider: 'inpay' });
  const [topup] = await stage.app.topups.live(USER);
  if (!topup) throw new Error('no order');
  expect(logged('topup_money')).toEqual([]);
  stage.world.provider('inpay').pay(topup.providerOrder ?? '');
  await poll(stage);
  await poll(stage);
  const { id: order, amountTiyin } = topup;
  expect(logged('topup_money')).toMatchObject([
    { outcome: 'credited', order, provider: 'inpay', amountTiyin },
  ]);
  const outcome = 'tolov_topups_total{provider="inpay",outcome="credited"}';
  expect((await metrics()).get(outcome)).toBe(1);

  const owner = await begin(stage, OWNER);
  await owner.send(`/debit ${USER} 1 000 a mistake`, 'Do you confirm?');
  expect(logged('adjustment')).toEqual([]);
  await owner.tap('Confirm', 'Done');
  expect(logged('adjustment')).toMatchObject([
    { kind: 'debit', userId: USER, amountTiyin: -100_000, by: OWNER, second: null },
  ]);
  expect(stage.log.join('\n')).not.toContain('Ali');
});

it('the nightly audit is a metric, also after a restart', async () => {
  stage = await startStage();
  const at = Math.floor(stage.clock.now() / 1000);
  await stage.app.jobs.get('books')?.run();
  expect(logged('books_clean')).toHaveLength(1);
  await stage.restart();
  expect((await metrics()).get('tolov_audit_last_timestamp_seconds')).toBeGreaterThanOrEqual(at);
  expect((await metrics()).get('tolov_audit_broken')).toBe(0);
  const tampered = "insert into accounts values ('user:777:available', false, 500)";
  await stage.raw.run(tampered);
  await stage.app.jobs.get('books')?.run();
  const seen = await metrics();
  expect(seen.get('tolov_audit_broken')).toBe(1);
  expect(seen.get('tolov_audit_findings')).toBeGreaterThan(0);
  await stage.raw.run("update accounts set balance_tiyin = 0 where id = 'user:777:available'");
});
