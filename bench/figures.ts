import { WHY_MISSED } from './why-missed.ts';

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

export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const number = (value: number): string =>
      value.toLocaleString('en', { maximumFractionDigits: figure.digits ?? 0 });
    const limit = figure.limit === undefined ? '' : `${figure.is} ${number(figure.limit)}`;
    return `| ${figure.name} | ${number(figure.value)} | ${limit} | ${misses(figure) ? 'MISSED' : ''} |`;
  });
  return ['| figure | measured | limit | |', '|---|---:|---:|---|', ...rows].join('\n');
}

/** A sentence below a table for each of its figures that miss their limits; empty where none does. */
export function reasons(figures: readonly Figure[]): string {
  const lines = figures
    .filter(misses)
    .map(({ name }) => `- **${name}**: ${WHY_MISSED[name] ?? 'nobody has looked yet.'}`);
  return lines.length === 0 ? '' : `\n\nWhy a limit was missed:\n\n${lines.join('\n')}`;
}
