import { join } from 'node:path';

const DOCS = join(import.meta.dirname, '../../../docs');

/** The page that shows what was simulated, */
export const PAGE_FILE = join(DOCS, 'office.md');

/** and its chart. */
export const CHART_FILE = join(DOCS, 'pictures/office-days.svg');
