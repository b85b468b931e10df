import type { DiagnosticReport, Handlers } from '../../contract/ipc.ts';
import type { Locale } from '../../contract/locale.ts';
import type { InterfaceSettings } from '../../contract/views.ts';
import type { DiagnosticLog } from '../../core/diagnostics/diagnostic-log.ts';
import { note } from '../../core/diagnostics/note.ts';
import type { Models } from '../models/models.ts';
import { Diagnostics, writeReport } from './diagnostics.ts';

/** Request handlers of the diagnostic log and the problem report. */
export function diagnosticsHandlers(parts: {
  readonly log: DiagnosticLog;
  readonly models: Models;
  readonly language: () => Locale;
  readonly settings: () => InterfaceSettings;
  /** Lets the user choose where to save the report; null if cancelled. */
  readonly chooseReportFile: () => Promise<string | null>;
  readonly copy: (text: string) => void;
}): Pick<Handlers, Extract<keyof Handlers, `diagnostics.${string}`>> {
  const { log } = parts;
  const diagnostics = new Diagnostics(log);
  // The user saves or copies the very text that was shown.
  let shown: string | null = null;
  const report = async (): Promise<DiagnosticReport> => {
    shown = await diagnostics.report({
      program: 'window',
      command: null,
      language: parts.language(),
      models: parts.models,
      settings: parts.settings(),
    });
    return { text: shown, isLogKept: log.isOn };
  };
  const lastShown = async () => shown ?? (await report()).text;
  return {
    'diagnostics.report': report,
    'diagnostics.save': async () => {
      const text = await lastShown();
      const file = await parts.chooseReportFile();
      if (file === null) return { saved: false };
      await writeReport(file, text, true);
      return { saved: true };
    },
    'diagnostics.copy': async () => parts.copy(await lastShown()),
    'diagnostics.keepLog': async ({ isOn }) => {
      log.switch(isOn);
      return await report();
    },
    'diagnostics.deleteLog': async () => {
      log.delete();
      return await report();
    },
    'diagnostics.pageFailed': (failure) => note({ event: 'pageFailed', ...failure }),
  };
}
