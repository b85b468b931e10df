import type { Diagnostic, LogEntry } from '../../contract/diagnostics.ts';
import type { Locale } from '../../contract/locale.ts';
import type { InterfaceSettings } from '../../contract/views.ts';
import { DiagnosticLog } from '../../core/diagnostics/diagnostic-log.ts';
import { entryLine, problemReport } from '../../core/diagnostics/problem-report.ts';
import { programStart } from '../../core/diagnostics/program-facts.ts';
import { saveAs } from '../../core/files/save-as.ts';
import { dataFolder } from '../../core/folders.ts';
import { freeBytes } from '../../core/free-space.ts';
import type { Models } from '../models/models.ts';

/** Inputs of a problem report. */
export interface ReportRequest {
  readonly program: Extract<Diagnostic, { event: 'started' }>['program'];
  /** The command that makes it; null in the desktop app. */
  readonly command: string | null;
  readonly language: Locale;
  readonly models: Models;
  /** The window's settings, if there is a window. */
  readonly settings: InterfaceSettings | null;
}

/** The diagnostic log of this machine, and the problem report made from it. */
export class Diagnostics {
  readonly #log: DiagnosticLog;

  constructor(log = new DiagnosticLog()) {
    this.#log = log;
  }

  /** Whether logging is on. */
  get isOn(): boolean {
    return this.#log.isOn;
  }

  /** The location of the log. */
  get folder(): string {
    return this.#log.folder;
  }

  /** All entries, the latest last. */
  entries(): LogEntry[] {
    return this.#log.entries();
  }

  /** Switches logging on, or off and deletes all entries. */
  switch(isOn: boolean): void {
    this.#log.switch(isOn);
  }

  /** Deletes all entries. */
  delete(): void {
    this.#log.delete();
  }

  /** The report that a user can give to their support: see `problemReport`. */
  async report({ program, command, language, models, settings }: ReportRequest): Promise<string> {
    return problemReport({
      language,
      log: this.#log,
      start: programStart(program, command),
      models: await models.list().catch(() => null),
      settings: settings === null ? null : toldSettings(settings),
      freeBytes: await freeBytes(dataFolder()).catch(() => null),
    });
  }
}

/** An entry of the log in readable form. */
export function logLineOf(entry: LogEntry): string {
  return entryLine(entry);
}

/** Writes a report that only the user can read; replaces a file only if the user was asked. Throws what saving throws. */
export async function writeReport(file: string, text: string, replace: boolean): Promise<void> {
  await saveAs(file, text, { replace });
}

/** Choices and numbers only, nothing that was typed. */
function toldSettings({ language, theme, lockAfterMinutes, alwaysSeal, showDoubts }: InterfaceSettings) {
  return { language, theme, lockAfterMinutes, alwaysSeal, showDoubts };
}
