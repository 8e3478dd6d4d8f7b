/**
 * What the honest noticed before the program kept the spiteful apart, beside what they notice now: both programs at once on
 * one machine, so that they had the same of it. Measured by hand, once; the people and the payment systems were the same.
 */
interface Beside {
  name: string;
  before: number;
  now: number;
}

export const BESIDE: { before: string; now: string; how: string; rows: readonly Beside[] } = {
  before: 'd754b88',
  now: '4125762',
  how:
    '2 minutes, 120 people, 12 of them spiteful, 300 orders that wait. The machine was busy (load average 17 on two ' +
    'processors) and each program had a sixth of a processor: waits are far longer than on a machine of its own',
  rows: [
    { name: 'screen after a tap, opening the order included, p50, ms', before: 8162, now: 5248 },
    {
      name: 'screen after a tap, opening the order included, p99, ms',
      before: 58_306,
      now: 38_361,
    },
    { name: 'screens a second', before: 5, now: 6.3 },
    { name: 'payments', before: 84, now: 137 },
    { name: 'from payment to credit, p99, s', before: 96.3, now: 39 },
    { name: 'from payment to credit, longest, s', before: 96.3, now: 40.3 },
    { name: 'step that waits for Payfer, which hangs: p99, ms', before: 32_984, now: 40_848 },
    {
      name: 'paid at Payfer while it hung, credited after it answers again: longest, s',
      before: 13.3,
      now: 43.5,
    },
  ],
};

export function besideTable(): string {
  const rows = BESIDE.rows.map(({ name, before, now }) => {
    const [was, is] = [before, now].map((value) => value.toLocaleString('en'));
    return `| ${name} | ${is} | ${was} |`;
  });
  const head = `| figure | at ${BESIDE.now} | at ${BESIDE.before} |`;
  return [head, '|---|---:|---:|', ...rows].join('\n');
}
