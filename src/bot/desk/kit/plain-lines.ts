/** What was written down as data, in lines that people read: names and values, without brackets and quotation marks. */
import { formatSum } from '../../../core/money.ts';
import { dateTime } from '../../kit/format.ts';

const STEP = '  ';

export function plainLines(data: unknown): string {
  const lines: string[] = [];
  write(lines, data, '');
  return lines.join('\n');
}

function write(lines: string[], data: unknown, indent: string): void {
  if (Array.isArray(data)) {
    if (data.length === 0) lines.push(`${indent}—`);
    for (const each of data) {
      lines.push(`${indent}•`);
      write(lines, each, indent + STEP);
    }
  } else if (typeof data === 'object' && data !== null) {
    for (const [name, value] of Object.entries(data)) {
      if (typeof value !== 'object' || value === null) {
        lines.push(`${indent}${named(name, value)}`);
      } else {
        lines.push(`${indent}${name}:`);
        write(lines, value, indent + STEP);
      }
    }
  } else {
    lines.push(indent + shown(data));
  }
}

/** Sums and times are told as people read them: our own names say which numbers are which. */
function named(name: string, value: unknown): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    if (name.endsWith('Tiyin')) return `${name.slice(0, -'Tiyin'.length)}: ${formatSum(value)}`;
    if (/[a-z]At$/.test(name) && value > 1e12) return `${name.slice(0, -2)}: ${dateTime(value)}`;
  }
  return `${name}: ${shown(value)}`;
}

function shown(value: unknown): string {
  const isText =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isText && value !== '' ? String(value) : '—';
}
