/** A panel: a line over the hours of a day. */
export interface ChartPanel {
  readonly title: string;
  /** In order of x. */
  readonly points: readonly (readonly [hour: number, y: number])[];
  /** Upper end of the axis: panels side by side have the same. */
  readonly mostY: number;
}

const PANEL = { width: 430, height: 150 };
const MARGIN = { left: 62, top: 34, right: 22, bottom: 26 };
const HOURS = 24;
const HOURS_A_TICK = 4;
const TICKS = 4;

/** Read on white and on black: the page's own background shows through. */
const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  .grid { stroke: #d0d7de }
  .line { fill: none; stroke: #0969da; stroke-width: 1.75; stroke-linejoin: round }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .grid { stroke: #30363d }
    .line { stroke: #58a6ff }
  }`;

/** A chart of panels in rows and columns as an SVG file, legible on light and dark pages. `description` is for those who cannot see it. */
export function svgChart(rows: readonly (readonly ChartPanel[])[], description: string): string {
  const cell = {
    width: PANEL.width + MARGIN.left + MARGIN.right,
    height: PANEL.height + MARGIN.top + MARGIN.bottom,
  };
  const width = cell.width * Math.max(...rows.map((row) => row.length));
  const height = cell.height * rows.length;
  const panels = rows.flatMap((row, y) =>
    row.map((panel, x) => {
      const place = `translate(${x * cell.width + MARGIN.left} ${y * cell.height + MARGIN.top})`;
      return `<g transform="${place}">\n${panelOf(panel)}\n</g>`;
    }),
  );
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="what">`;
  return `${[head, `<title id="what">${escaped(description)}</title>`, `<style>${STYLE}\n</style>`, ...panels, '</svg>'].join('\n')}\n`;
}

function panelOf({ title, points, mostY }: ChartPanel): string {
  const top = niceCeiling(mostY);
  const x = (hour: number) => round((hour / HOURS) * PANEL.width);
  const y = (value: number) => round(PANEL.height * (1 - value / top));
  const parts = [`<text class="title" x="0" y="-14">${escaped(title)}</text>`];
  for (let tick = 0; tick <= TICKS; tick += 1) {
    const value = (top * tick) / TICKS;
    parts.push(`<path class="grid" d="M0 ${y(value)}H${PANEL.width}"/>`);
    parts.push(`<text x="-8" y="${y(value) + 4}" text-anchor="end">${value.toLocaleString('en')}</text>`);
  }
  for (let hour = 0; hour <= HOURS; hour += HOURS_A_TICK) {
    parts.push(`<text x="${x(hour)}" y="${PANEL.height + 18}" text-anchor="middle">${hour}:00</text>`);
  }
  const path = points.map(([hour, value]) => `${x(hour)} ${y(value)}`).join('L');
  parts.push(`<path class="line" d="M${path}"/>`);
  return parts.join('\n');
}

/** Somewhat more, so that a quarter of it is a short number. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return power * ([1, 1.2, 1.6, 2, 2.4, 3, 4, 6, 8].find((step) => step * power >= value) ?? 10);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
