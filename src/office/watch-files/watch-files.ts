import { join } from 'node:path';
import { stringify } from 'yaml';
import { ALERT_RULES } from './alert-rules.ts';
import { officeDashboard } from './dashboard.ts';

/** Where the files are that Grafana and Prometheus read. */
export const WATCH_FOLDER = join(import.meta.dirname, '../../../resources/office');

const MADE = 'Made by `npm run office:watch-files` of src/office/watch-files/alert-rules.ts.';

/** These files by their names, as they are to be. */
export function watchFiles(): Readonly<Record<string, string>> {
  const rules = { groups: [{ name: 'voicesync', rules: ALERT_RULES }] };
  return {
    'grafana-dashboard.json': `${JSON.stringify(officeDashboard(), null, 2)}\n`,
    'prometheus-rules.yml': `# ${MADE}\n${stringify(rules, { lineWidth: 0 })}`,
  };
}
