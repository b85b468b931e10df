import { measuredRounds, measuredTimes } from './measured-times.ts';
import { DRAWN, ONE_MACHINE, resultOf, type ScenarioResult, VARIED } from './scenarios.ts';
import type { SimulatedMoment } from './simulate-office.ts';
import { DAY_MS, HOUR_MS, TENANTS } from './simulated-days.ts';
import { type ChartPanel, svgChart } from './svg-chart.ts';

/** Marks of the part of docs/office.md that the simulation writes. */
const BEGIN = '<!-- Written by `npm run office:simulate`. -->';
const END = '<!-- Until here. -->';

/** Moments are half a minute apart. */
const MOMENTS_A_POINT = 10;

/** What the documentation shows of the simulation. */
export interface SimulationReport {
  /** Two days as a chart. */
  readonly svg: string;
  /** Markdown: the measured times, and the days as a table. */
  readonly text: string;
  readonly drawn: readonly ScenarioResult[];
}

/** Runs every scenario. Takes about two seconds. */
export function simulationReport(): SimulationReport {
  const drawn = DRAWN.map(resultOf);
  const results = [...drawn, ...VARIED.map(resultOf)];
  return { svg: chartOf(drawn), text: `${measuredTable()}\n\n${daysTable(results)}`, drawn };
}

/** The page with its simulated part replaced. Throws if it has none. */
export function withReport(page: string, { text }: SimulationReport): string {
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before === -1 || after < before) throw new Error(`the page has no part between ${BEGIN} and ${END}`);
  return `${page.slice(0, before + BEGIN.length)}\n\n${text}\n\n${page.slice(after)}`;
}

function measuredTable(): string {
  const models = [...new Set(measuredRounds().map(({ model }) => model))];
  const rows = models.map((model) => {
    const { fixedMs, msPerSecond, startMs, rounds, loads, deviations } = measuredTimes(model);
    return [
      model,
      `${seconds(fixedMs)} s and ${msPerSecond.toFixed(0)} ms`,
      `${seconds(startMs)} s`,
      `${rounds} of ${deviations.length}`,
      `${loads[0].toFixed(0)} to ${loads[1].toFixed(0)}`,
    ];
  });
  return table(
    ['model', 'for a recording, and each second of it', 'start', 'rounds, recordings', 'load average'],
    rows,
  );
}

function daysTable(results: readonly ScenarioResult[]): string {
  const rows = results.flatMap(({ scenario, waits, othersWaits, mostWorkers, workerHours, changes }) => [
    [
      scenario.name,
      ...spans(waits),
      ...[mostWorkers, workerHours].map((value) => value.toFixed(0)),
      String(changes.length),
    ],
    ...(othersWaits && scenario === DRAWN[1]
      ? [[`… of the ${TENANTS - 1} other tenants`, ...spans(othersWaits), '', '', '']]
      : []),
  ]);
  const { scenario, waits, endMs } = resultOf(ONE_MACHINE);
  const { workersAtStart } = scenario;
  const hours = ((endMs / HOUR_MS) * workersAtStart).toFixed(0);
  rows.push([scenario.name, ...spans(waits), String(workersAtStart), hours, '–']);
  return table(
    [
      '100,000 recordings',
      'median wait',
      '95 %',
      '99 %',
      'longest',
      'most workers',
      'worker hours',
      'changes',
    ],
    rows,
  );
}

function spans({ medianMs, p95Ms, p99Ms, longestMs }: ScenarioResult['waits']): string[] {
  return [medianMs, p95Ms, p99Ms, longestMs].map(span);
}

function chartOf(drawn: readonly ScenarioResult[]): string {
  const row = (title: string, pointsOf: (result: ScenarioResult) => Points): ChartPanel[] => {
    const all = drawn.map(pointsOf);
    const mostY = Math.max(...all.flat().map(([, y]) => y));
    return all.map((points, index) => ({ title: `${title}, ${drawn[index]?.scenario.name}`, points, mostY }));
  };
  const rows = [
    row('Waiting recordings', ({ moments }) => pointsOf(moments, ({ depth }) => depth)),
    row('Workers', ({ moments }) => pointsOf(moments, ({ working }) => working)),
    row('Minutes of waiting by arrival', ({ waitsByArrival }) =>
      waitsByArrival.map(({ atMs, medianMs }) => [atMs / HOUR_MS, medianMs / 60_000]),
    ),
  ];
  const [ordinary, morning] = drawn;
  return svgChart(
    rows,
    `Waiting recordings, workers and waits over two simulated days of 100,000 recordings: ${ordinary?.scenario.name}, at most ${ordinary?.mostWorkers} workers; and ${morning?.scenario.name}, at most ${morning?.mostWorkers} workers.`,
  );
}

type Points = ChartPanel['points'];

/** Points five minutes apart, and those between which a value jumps. */
function pointsOf(moments: ScenarioResult['moments'], value: (moment: SimulatedMoment) => number): Points {
  const points = moments.map((moment) => [moment.atMs / HOUR_MS, value(moment)] as const);
  const isStep = (index: number) => {
    const [before, own, after] = [points[index - 1]?.[1], points[index]?.[1], points[index + 1]?.[1]];
    return before !== after && (own === before || own === after);
  };
  return points.filter((_, index) => index % MOMENTS_A_POINT === 0 || isStep(index));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

/** Minutes, hours or days, whichever is read at a glance. */
function span(ms: number): string {
  if (ms < 2 * HOUR_MS) return `${(ms / 60_000).toFixed(0)} min`;
  return ms < 2 * DAY_MS ? `${(ms / HOUR_MS).toFixed(1)} h` : `${(ms / DAY_MS).toFixed(1)} d`;
}
