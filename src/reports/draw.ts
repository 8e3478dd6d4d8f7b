/**
 * Draws a picture of charts. Loading the canvas and the charts takes some 45 MB that a process never gives back, so
 * import this file only where a picture is drawn: see `reports.ts`.
 */
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  Legend,
  LinearScale,
} from 'chart.js';
import { FONT, font, INK, PAPER, registerFonts, RULE, SOFT, WIDTH } from './paper.ts';
import type { BarsPanel, ColumnsPanel, Picture } from './picture.ts';

const MARGIN = 48;
const INNER = WIDTH - 2 * MARGIN;
const HEADER = 162;
const TILES = 150;
const PANEL_TITLE = 84;
const COLUMNS = 460;
const BAR_ROW = 66;
const EMPTY = 96;
const GAP = 26;

const TILE = '#eef3fa';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend);

/** The picture as a PNG, 1080 pixels wide. */
export async function drawPicture(picture: Picture): Promise<Uint8Array> {
  registerFonts();
  const canvas = createCanvas(WIDTH, heightOf(picture));
  const page = canvas.getContext('2d');
  page.fillStyle = PAPER;
  page.fillRect(0, 0, WIDTH, canvas.height);
  write(page, picture.title, { x: MARGIN, y: 80, size: 52, bold: true });
  write(page, picture.subtitle, { x: MARGIN, y: 130, size: 32, color: SOFT });
  drawTiles(page, picture.tiles);
  let top = HEADER + TILES + GAP;
  top = drawPanel(page, { top, panel: picture.columns, chart: drawColumns });
  for (const panel of picture.bars) top = drawPanel(page, { top, panel, chart: drawBars });
  return await canvas.encode('png');
}

function heightOf({ columns, bars }: Picture): number {
  const chart = PANEL_TITLE + GAP + (columns.empty === null ? COLUMNS : EMPTY);
  const rows = bars.map((panel) => PANEL_TITLE + GAP + barsHeight(panel));
  return HEADER + TILES + GAP + chart + rows.reduce((sum, each) => sum + each, 0);
}

function barsHeight({ rows, empty }: BarsPanel): number {
  return empty === null ? rows.length * BAR_ROW : EMPTY;
}

/** On one line, made smaller where it would not fit. */
function write(
  page: SKRSContext2D,
  text: string,
  at: { x: number; y: number; size: number; bold?: boolean; color?: string; width?: number },
): void {
  page.fillStyle = at.color ?? INK;
  page.font = font(at.size, at.bold);
  const width = page.measureText(text).width;
  const room = at.width ?? WIDTH - MARGIN - at.x;
  if (width > room) page.font = font(Math.floor((at.size * room) / width), at.bold);
  page.fillText(text, at.x, at.y);
}

function drawTiles(page: SKRSContext2D, tiles: Picture['tiles']): void {
  const width = (INNER - GAP * (tiles.length - 1)) / tiles.length;
  for (const [index, { label, value }] of tiles.entries()) {
    const x = MARGIN + index * (width + GAP);
    page.fillStyle = TILE;
    page.beginPath();
    page.roundRect(x, HEADER, width, TILES, 18);
    page.fill();
    write(page, label, { x: x + 22, y: HEADER + 52, size: 28, color: SOFT, width: width - 44 });
    write(page, value, { x: x + 22, y: HEADER + 112, size: 42, bold: true, width: width - 44 });
  }
}

/** Resolves with where the next panel begins. */
function drawPanel<P extends { title: string; empty: string | null }>(
  page: SKRSContext2D,
  { top, panel, chart }: { top: number; panel: P; chart: (panel: P) => Canvas },
): number {
  page.fillStyle = RULE;
  page.fillRect(MARGIN, top, INNER, 2);
  write(page, panel.title, { x: MARGIN, y: top + 58, size: 36, bold: true });
  const body = top + PANEL_TITLE;
  if (panel.empty !== null) {
    write(page, panel.empty, { x: MARGIN, y: body + 48, size: 32, color: SOFT });
    return body + EMPTY + GAP;
  }
  const drawn = chart(panel);
  page.drawImage(drawn, MARGIN, body);
  return body + drawn.height + GAP;
}

/** A chart on a canvas of its own. */
function chartOn(height: number, configuration: ChartConfiguration<'bar'>): Canvas {
  const canvas = createCanvas(INNER, height);
  // The library asks a canvas for its context and its size, and nothing of a browser.
  const chart = new Chart(canvas, configuration);
  chart.draw();
  return canvas;
}

const STILL = { animation: false, responsive: false, devicePixelRatio: 1 } as const;

function drawColumns({ labels, series, ticks }: ColumnsPanel): Canvas {
  return chartOn(COLUMNS, {
    type: 'bar',
    data: {
      labels: [...labels],
      datasets: series.map(({ name, color, values }) => ({
        label: name,
        data: [...values],
        backgroundColor: color,
        categoryPercentage: 0.86,
        barPercentage: 0.96,
      })),
    },
    options: {
      ...STILL,
      plugins: {
        legend: {
          position: 'bottom',
          align: 'start',
          labels: { font: { family: FONT, size: 28 }, color: INK, boxWidth: 28, padding: 18 },
        },
      },
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { color: RULE },
          ticks: {
            font: { family: FONT, size: 26 },
            color: SOFT,
            maxRotation: 0,
            autoSkipPadding: 22,
          },
        },
        y: {
          stacked: true,
          max: ticks.at(-1)?.value ?? 1,
          min: ticks[0]?.value ?? 0,
          border: { display: false },
          grid: { color: RULE },
          ticks: {
            font: { family: FONT, size: 26 },
            color: SOFT,
            callback: (value) => ticks.find((tick) => tick.value === value)?.label ?? '',
          },
          afterBuildTicks: (scale) => {
            scale.ticks = ticks.map(({ value }) => ({ value }));
          },
        },
      },
    },
  });
}

/** The names stand on the left, what the bars mean on the right of them. */
const NAMES = 330;
const LABEL_GAP = 14;
const LABEL_SIZE = 29;

function labelsWidth(rows: BarsPanel['rows']): number {
  const page = createCanvas(1, 1).getContext('2d');
  page.font = font(LABEL_SIZE, true);
  const widths = rows.map(({ label }) => page.measureText(label).width);
  return Math.ceil(Math.max(...widths)) + 2 * LABEL_GAP;
}

function drawBars(panel: BarsPanel): Canvas {
  const { rows, max } = panel;
  return chartOn(barsHeight(panel), {
    type: 'bar',
    data: {
      labels: rows.map(({ name }) => name),
      datasets: [
        {
          data: rows.map(({ value }) => value),
          backgroundColor: rows.map(({ color }) => color),
          borderRadius: 8,
          minBarLength: 4,
          barPercentage: 0.72,
          categoryPercentage: 1,
        },
      ],
    },
    options: {
      ...STILL,
      indexAxis: 'y',
      layout: { padding: { right: labelsWidth(rows) } },
      plugins: { legend: { display: false } },
      scales: {
        x: { display: false, min: 0, max },
        y: {
          grid: { display: false },
          border: { display: false },
          afterFit: (scale) => {
            scale.width = NAMES;
          },
          ticks: {
            font: { family: FONT, size: LABEL_SIZE },
            color: INK,
            crossAlign: 'far',
            autoSkip: false,
          },
        },
      },
    },
    plugins: [rowLabels(rows)],
  });
}

/** Right of each bar what it stands for. */
function rowLabels(
  rows: BarsPanel['rows'],
): NonNullable<ChartConfiguration<'bar'>['plugins']>[number] {
  return {
    id: 'row-labels',
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.textBaseline = 'middle';
      ctx.textAlign = 'left';
      ctx.font = font(LABEL_SIZE, true);
      ctx.fillStyle = INK;
      for (const [index, element] of chart.getDatasetMeta(0).data.entries()) {
        ctx.fillText(rows[index]?.label ?? '', element.x + LABEL_GAP, element.y);
      }
    },
  };
}
