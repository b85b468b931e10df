import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Diagnostics, logLineOf, writeReport } from '../../app/diagnostics/diagnostics.ts';
import { Models } from '../../app/models/models.ts';
import { withExamples } from '../arguments/options.ts';
import { UsageProblem } from '../arguments/usage-problem.ts';
import type { RunCommand } from '../explain.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface LogFlags {
  readonly on?: boolean;
  readonly off?: boolean;
  readonly delete?: boolean;
  readonly json?: boolean;
}

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

  const problem = doctor
    .command('report')
    .description('Write a report about a problem, to be read and given to your support; nothing is sent')
    .argument('<file>', 'where to write it; an existing file is not replaced');
  withExamples(problem, [['doctor report report.txt']]).action((file: string) =>
    run((terminal) => report(terminal, file)),
  );
}

function showLog(terminal: Terminal, { on, off, delete: deletes, json }: LogFlags): ExitStatus {
  const log = new Diagnostics();
  if (on || off) {
    log.switch(on === true);
    terminal.print(on ? terminal.say('logIsOn') : terminal.say('logIsOff'));
  } else if (deletes) {
    log.delete();
    terminal.print(terminal.say('logDeleted'));
  } else {
    const entries = log.entries();
    for (const entry of entries) json ? terminal.printJson(entry) : terminal.print(logLineOf(entry));
    if (entries.length === 0 && !json)
      terminal.print(log.isOn ? terminal.say('logIsEmpty') : terminal.say('logIsOff'));
  }
  return EXIT.done;
}

async function report(terminal: Terminal, named: string): Promise<ExitStatus> {
  const file = resolve(named);
  if (existsSync(file)) throw new UsageProblem(({ say }) => say('usage.fileExists', { file: named }));
  const text = await new Diagnostics().report({
    program: 'command',
    command: 'doctor',
    language: terminal.language,
    models: new Models(),
    settings: null,
  });
  await writeReport(file, text, false);
  terminal.print(terminal.say('reportWritten', { file }));
  return EXIT.done;
}
