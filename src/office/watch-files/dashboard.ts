import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { ReduceDataOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { Panel as GrafanaPanel, ThresholdsConfig } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { PANEL_ROWS, type Panel } from './panels.ts';

/** Grafana's grid is 24 wide. */
const NUMBER_SPAN = 3;
const LINES_SPAN = 8;
const NUMBER_HEIGHT = 4;
const LINES_HEIGHT = 8;

/** Whoever imports the dashboard says which Prometheus it reads. */
const SOURCE = { type: 'prometheus', uid: '$source' };

/** The dashboard as Grafana imports it. */
export function officeDashboard() {
  const builder = new DashboardBuilder('VoiceSync office')
    .uid('voicesync-office')
    .description(
      'Made by `npm run office:watch-files`; changes belong into src/office/watch-files/panels.ts.',
    )
    .tags(['voicesync'])
    .refresh('30s')
    .time({ from: 'now-6h', to: 'now' })
    .timezone('browser')
    .readonly()
    .withVariable(new DatasourceVariableBuilder('source').label('Prometheus').type('prometheus'));
  for (const { title, panels } of PANEL_ROWS) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(panelOf(panel));
  }
  return builder.build();
}

function panelOf(panel: Panel): Builder<GrafanaPanel> {
  const base = panel.kind === 'number' ? numberPanel() : linesPanel();
  base.title(panel.title).description(panel.description).unit(panel.unit).datasource(SOURCE);
  if (panel.colours !== undefined) base.thresholds(thresholdsOf(panel.colours));
  for (const [index, query] of panel.queries.entries()) base.withTarget(queryOf(query, index));
  return base;
}

function numberPanel(): StatBuilder {
  const last = new ReduceDataOptionsBuilder().calcs(['lastNotNull']);
  return new StatBuilder().span(NUMBER_SPAN).height(NUMBER_HEIGHT).reduceOptions(last);
}

function linesPanel(): TimeseriesBuilder {
  return new TimeseriesBuilder().span(LINES_SPAN).height(LINES_HEIGHT).min(0);
}

function thresholdsOf({ below, at, above }: NonNullable<Panel['colours']>): Builder<ThresholdsConfig> {
  const steps = [
    { value: null, color: below },
    { value: at, color: above },
  ];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}

function queryOf({ expr, legend }: Panel['queries'][number], index: number): Builder<Dataquery> {
  const refId = String.fromCharCode('A'.charCodeAt(0) + index);
  const query = new DataqueryBuilder().refId(refId).expr(expr).range();
  return legend === '' ? query : query.legendFormat(legend);
}
