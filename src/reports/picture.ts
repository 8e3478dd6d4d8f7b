/** A picture of charts as plain data: words are in the reader's language, sums are written out. Drawn by `draw.ts`. */

export interface Picture {
  title: string;
  subtitle: string;
  /** The figures on top. */
  tiles: readonly { label: string; value: string }[];
  columns: ColumnsPanel;
  bars: readonly BarsPanel[];
}

/** Columns over time, one colour for each series, piled up. */
export interface ColumnsPanel {
  title: string;
  labels: readonly string[];
  series: readonly { name: string; color: string; values: readonly number[] }[];
  /** The marks of the scale; the last one is its end. */
  ticks: readonly { value: number; label: string }[];
  /** Said in the place of the chart. */
  empty: string | null;
}

/** One bar below the other. */
export interface BarsPanel {
  title: string;
  rows: readonly { name: string; value: number; label: string; color: string }[];
  /** What a whole bar stands for. */
  max: number;
  empty: string | null;
}
