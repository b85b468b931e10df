import { dialogs } from './dialogs.ts';
import { errors } from './errors.ts';
import { labels } from './export.ts';
import { readings } from './readings.ts';
import { report } from './report.ts';

/** What every process says. */
export const shared = { errors, readings } as const;

/** What the program says outside of its window: dialogs, exports, reports. */
export const program = { dialogs, export: labels, report } as const;
