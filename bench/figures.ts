import { NOT_MEASURED, type Values, WHY_MISSED } from './why-missed.ts';

/** A measured figure beside its limit. */
export interface Figure {
  name: string;
  value: number;
  /** Absent: for comparison only. */
  limit?: number;
  is?: 'at least' | 'under';
  digits?: number;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100));
  return sorted[index] ?? NaN;
}

/** Missing its limit? What could not be measured does. */
export function misses({ value, limit, is }: Figure): boolean {
  if (limit === undefined) return false;
  return is === 'at least' ? !(value >= limit) : !(value < limit);
}

function shown({ digits = 0 }: Figure, value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const limit = figure.limit === undefined ? '' : `${figure.is} ${shown(figure, figure.limit)}`;
    return `| ${figure.name} | ${shown(figure, figure.value)} | ${limit} | ${misses(figure) ? 'MISSED' : ''} |`;
  });
  return ['| figure | measured | limit | |', '|---|---:|---:|---|', ...rows].join('\n');
}

/** The end of the name of a figure that stands for a part which could not be measured. */
export const BROKEN_OFF = 'broke off';

/** A sentence below a table for each of its figures that miss their limits, with what was measured; empty where none does. */
export function reasons(figures: readonly Figure[]): string {
  const values: Values = (name) => {
    const figure = figures.find((each) => each.name === name);
    return figure === undefined ? NOT_MEASURED : shown(figure, figure.value);
  };
  const lines = figures
    .filter(misses)
    .map(({ name }) => `- **${name}**: ${whyMissed(name, values)}`);
  return lines.length === 0 ? '' : `\n\nWhy a limit was missed:\n\n${lines.join('\n')}`;
}

function whyMissed(name: string, values: Values): string {
  if (name.endsWith(BROKEN_OFF))
    return 'this part ended with an error, so nothing of it was measured in this run.';
  return WHY_MISSED[name]?.(values) ?? 'nobody has looked yet.';
}
