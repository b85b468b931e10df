import { dialogs } from './dialogs.ts';
import { errors } from './errors.ts';
import { labels } from './export.ts';
import { readings } from './readings.ts';
import { report } from './report.ts';

/** Lo que dice cualquier proceso. */
export const shared = { errors, readings } as const;

/** Lo que dice el programa fuera de su ventana: diálogos, exportaciones, informes. */
export const program = { dialogs, export: labels, report } as const;
