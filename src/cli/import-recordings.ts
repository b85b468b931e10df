import type { VaultApp } from '../app/open-app.ts';
import { namedFiles } from '../app/recordings/named-files.ts';
import { shortClockTime } from '../contract/clock-times.ts';
import { assumedReadingText } from '../messages/assumed-reading.ts';
import { explain } from './explain.ts';
import { leftOutLines, sameFileLines } from './printed/left-out-lines.ts';
import { shortId } from './printed/short-id.ts';
import { stillReadable } from './printed/summary.ts';
import { EXIT, type ExitStatus } from './terminal/exit-status.ts';
import type { Terminal } from './terminal/terminal.ts';

type ImportOptions = Parameters<VaultApp['recordings']['importFile']>[1];

/** Imports files and folders of recordings into a vault, one after the other; a failed one does not stop the rest. */
export async function importRecordings(
  terminal: Terminal,
  app: VaultApp,
  named: readonly string[],
  options: ImportOptions,
): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.done;
  const kept: string[] = [];
  const { inputs, leftOut } = await namedFiles(named);
  for (const { path, error, sameAs } of inputs) {
    if (sameAs !== null) continue;
    try {
      if (error !== null) throw error;
      if (!(await importOne(terminal, app, path, options))) status = EXIT.someFailed;
      kept.push(path);
    } catch (failure) {
      status = EXIT.someFailed;
      explain(terminal, failure, path);
    }
  }
  const line = stillReadable(kept, terminal.say);
  if (line !== null) terminal.tell(line);
  for (const told of [...sameFileLines(inputs, terminal.say), ...leftOutLines(leftOut, terminal.say)])
    terminal.tell(told);
  return status;
}

/** Whether a file could be read whole. */
async function importOne(
  terminal: Terminal,
  { recordings }: VaultApp,
  path: string,
  options: ImportOptions,
): Promise<boolean> {
  terminal.tell(terminal.say('reading', { file: path }));
  const { id, durationMs, state, facts } = await recordings.importFile(path, options);
  const length = shortClockTime(durationMs ?? 0);
  const whole = state === 'ready';
  terminal.print(
    `${shortId(id)}  ${whole ? terminal.say('imported', { file: path, length }) : terminal.say('importedPartly', { file: path, length })}`,
  );
  if (facts.assumed !== null)
    terminal.tell(`${path}: ${assumedReadingText(facts.assumed, terminal.language)}`);
  return whole;
}
