/**
 * What the honest noticed of the spiteful before the program kept them apart, beside what they notice since: one after the
 * other on one machine, with the same people and the same payment systems. Measured by hand, once.
 */
interface Beside {
  name: string;
  before: number;
  since: number;
}

const BEFORE = 'd754b88';
const SINCE = 'bd54dbc';

/** How it was measured. */
export const BESIDE =
  '`npm run load -- --minutes 1` with one program and then the other, on the machine above while it was busy with something ' +
  'else as well (load average 3 to 4)';

const ROWS: readonly Beside[] = [
  { name: 'screen after a tap, opening the order included, p50, ms', before: 121, since: 128 },
  { name: 'screen after a tap, opening the order included, p99, ms', before: 12_396, since: 612 },
  { name: 'screen after a tap, longest, ms', before: 12_606, since: 687 },
  { name: 'screens a second', before: 22.4, since: 27 },
  { name: 'payments', before: 285, since: 346 },
  { name: 'step that waits for Payfer, which hangs: p99, ms', before: 15_704, since: 15_015 },
  { name: 'from payment to credit, p99, s', before: 20.7, since: 12.9 },
  { name: 'from payment to credit, longest, s', before: 22.7, since: 13.9 },
  {
    name: 'paid at Payfer while it hung, credited after it answers again: longest, s',
    before: 3.8,
    since: 3.9,
  },
];

export function besideTable(): string {
  const rows = ROWS.map(({ name, before, since }) => {
    const [was, is] = [before, since].map((value) => value.toLocaleString('en'));
    return `| ${name} | ${was} | ${is} |`;
  });
  return [`| figure | at ${BEFORE} | at ${SINCE} |`, '|---|---:|---:|', ...rows].join('\n');
}
