import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parser } from '@prometheus-io/lezer-promql';
import { expect, it } from 'vitest';
import { GatewayMetrics } from '../watch/gateway-metrics.ts';
import { LiveWorkers } from '../watch/live-workers.ts';
import { WorkerMetrics } from '../watch/worker-metrics.ts';
import { ALERT_RULES } from './alert-rules.ts';
import { PANEL_ROWS } from './panels.ts';
import { WATCH_FOLDER, watchFiles } from './watch-files.ts';

const run = promisify(execFile);

/** Debian's package `prometheus` has it. */
const hasPromtool = await run('promtool', ['--version']).then(
  () => true,
  () => false,
);

/** Labels that Prometheus and its histograms add. */
const ADDED_LABELS = ['instance', 'job', 'le'];

/** The labels of each series that the programs tell, by its name. */
async function toldSeries(): Promise<Map<string, readonly string[]>> {
  const gateway = new GatewayMetrics({
    figures: () => ({ jobs: {}, oldestQueuedAtMs: null }),
    workers: new LiveWorkers(1000),
    isRedisUp: () => true,
    workersTokenExpiresAtMs: () => null,
  });
  const series = new Map<string, readonly string[]>();
  for (const { registry } of [gateway, new WorkerMetrics(() => false)]) {
    for (const { name, type } of await registry.getMetricsAsJSON()) {
      const { labelNames } = registry.getSingleMetric(name) as unknown as { labelNames: string[] };
      const endings = String(type) === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      for (const ending of endings) series.set(`${name}${ending}`, [...labelNames, ...ADDED_LABELS]);
    }
  }
  return series;
}

/** The texts of the nodes of a query that have this name in the grammar. */
function nodes(expr: string, ...names: string[]): string[] {
  const found: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ name, from, to, type }) => {
      if (type.isError) throw new Error(`no PromQL: ${expr}`);
      if (names.includes(name)) found.push(expr.slice(from, to));
    },
  });
  return found;
}

const QUERIES = [
  ...PANEL_ROWS.flatMap(({ panels }) =>
    panels.flatMap(({ title, queries }) => queries.map(({ expr }) => [title, expr] as const)),
  ),
  ...ALERT_RULES.map(({ alert, expr }) => [alert, expr] as const),
];

it.each(QUERIES)('%s asks for what the programs tell: %s', async (_, expr) => {
  const series = await toldSeries();
  const asked = expr.replaceAll('$__rate_interval', '5m');
  const names = nodes(asked, 'Identifier');
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect([...series.keys()]).toContain(name);
  const labels = names.flatMap((name) => series.get(name) ?? []);
  for (const label of nodes(asked, 'LabelName')) expect(labels).toContain(label);
});

it('has written what is in the files', async () => {
  for (const [name, text] of Object.entries(watchFiles())) {
    expect(await readFile(join(WATCH_FOLDER, name), 'utf8'), 'run npm run office:watch-files').toBe(text);
  }
});

it.skipIf(!hasPromtool)(
  'has rules that Prometheus takes, and that alert when they should and not before',
  async () => {
    const options = { cwd: WATCH_FOLDER };
    const checked = await run('promtool', ['check', 'rules', 'prometheus-rules.yml'], options);
    expect(checked.stdout).toContain(`SUCCESS: ${ALERT_RULES.length} rules found`);
    const tested = await run('promtool', ['test', 'rules', 'prometheus-rules.test.yml'], options);
    expect(tested.stdout).toContain('SUCCESS');
  },
);
