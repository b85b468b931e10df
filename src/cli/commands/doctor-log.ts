import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { DiagnosticLog } from '../../core/diagnostics/diagnostic-log.ts';
import { entryLine, problemReport } from '../../core/diagnostics/problem-report.ts';
import { startOf } from '../../core/diagnostics/program-facts.ts';
import { dataFolder } from '../../core/folders.ts';
import { freeBytes } from '../../core/free-space.ts';
import { ModelStore } from '../../core/models/model-store.ts';
import { fileError, systemErrorCode } from '../../core/system-errors.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { RunCommand } from '../explain.ts';
import { withExamples } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { UsageProblem } from '../usage-problem.ts';
import type { Texts } from '../words.ts';

interface LogFlags {
  readonly on?: boolean;
  readonly off?: boolean;
  readonly delete?: boolean;
  readonly json?: boolean;
}

/** How many entries `doctor` itself shows. */
const LAST = 3;

/** Adds `doctor log` and `doctor report`. */
export function addLogCommands(doctor: Command, run: RunCommand): void {
  const log = doctor
    .command('log')
    .description('Show the diagnostic log: codes and numbers, no names and no text')
    .option('--json', 'one JSON object a line on stdout, for programs')
    .option('--off', 'keep no log from now on, and delete what is there')
    .option('--on', 'keep a log again')
    .option('--delete', 'delete all entries');
  withExamples(log, [
    ['doctor log', 'all entries, the latest last'],
    ['doctor log --off', 'neither the command line nor the window keeps a log'],
  ]).action((flags: LogFlags) => run(async (terminal) => showLog(terminal, flags)));

  const report = doctor
    .command('report')
    .description('Write a report about a problem, to be read and given to your support; nothing is sent')
    .argument('<file>', 'where to write it; an existing file is not replaced');
  withExamples(report, [['doctor report report.txt']]).action((file: string) =>
    run((terminal) => writeReport(terminal, file)),
  );
}

/** What `doctor` tells of the log: where it lies, and its last entries. */
export async function logFacts({ say }: Texts): Promise<{
  text: string;
  facts: Record<string, string | number | boolean>;
}> {
  const log = new DiagnosticLog();
  const { isOn, folder } = log;
  const kept = isOn ? log.entries() : [];
  const lines = [say.logEntries(folder, kept.length), ...kept.slice(-LAST).map(entryLine)];
  return {
    text: isOn ? lines.join('\n') : say.logIsOff,
    facts: { isOn, path: folder, entries: kept.length },
  };
}

function showLog(terminal: Terminal, { on, off, delete: deletes, json }: LogFlags): ExitStatus {
  const log = new DiagnosticLog();
  if (on || off) {
    log.switch(on === true);
    terminal.print(on ? terminal.say.logIsOn : terminal.say.logIsOff);
  } else if (deletes) {
    log.delete();
    terminal.print(terminal.say.logDeleted);
  } else {
    const entries = log.entries();
    for (const entry of entries) json ? terminal.printJson(entry) : terminal.print(entryLine(entry));
    if (entries.length === 0 && !json)
      terminal.print(log.isOn ? terminal.say.logIsEmpty : terminal.say.logIsOff);
  }
  return EXIT.done;
}

async function writeReport(terminal: Terminal, named: string): Promise<ExitStatus> {
  const file = resolve(named);
  const models = await new ModelStore().list().catch(() => null);
  const text = problemReport({
    language: terminal.language,
    log: new DiagnosticLog(),
    start: startOf('command', 'doctor'),
    models,
    settings: null,
    freeBytes: await freeBytes(dataFolder()).catch(() => null),
  });
  await writeFile(file, text, { flag: 'wx', mode: 0o600 }).catch((error) => {
    if (systemErrorCode(error) === 'EEXIST') {
      throw new UsageProblem(({ say }) => say.usage.fileExists(named));
    }
    throw fileError(error, file);
  });
  terminal.print(terminal.say.reportWritten(file));
  return EXIT.done;
}
