import { shortClockTime } from '../core/export/clock-times.ts';
import { openSource } from '../core/media/source.ts';
import { expandInputs } from '../core/media/sources/expand-inputs.ts';
import type { ImportOptions } from '../core/pipeline/imports.ts';
import { assumedReadingText } from '../messages/assumed-reading.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { explain } from './explain.ts';
import { leftOutLines, sameFileLines } from './left-out-lines.ts';
import type { Workspace } from './session.ts';
import { shortId } from './short-id.ts';
import { stillReadable } from './summary.ts';
import type { Terminal } from './terminal.ts';

/** Brings files and folders of recordings into a vault, one after the other; a failed one does not stop the rest. */
export async function importRecordings(
  terminal: Terminal,
  workspace: Workspace,
  named: readonly string[],
  options: ImportOptions,
): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.done;
  const kept: string[] = [];
  const { inputs, leftOut } = await expandInputs(named);
  for (const { path, error, sameAs } of inputs) {
    if (sameAs !== null) continue;
    try {
      if (error !== null) throw error;
      if (!(await importOne(terminal, workspace, path, options))) status = EXIT.someFailed;
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
  { imports, database }: Workspace,
  path: string,
  options: ImportOptions,
): Promise<boolean> {
  terminal.tell(terminal.say.reading(path));
  const id = (await interruptedImport(database, path)) ?? (await imports.add(path, options));
  await imports.settled(id, options.speakers);
  const { durationMs, state, facts } = await database.recordings.get(id);
  const length = shortClockTime(durationMs ?? 0);
  const whole = state === 'ready';
  terminal.print(
    `${shortId(id)}  ${whole ? terminal.say.imported(path, length) : terminal.say.importedPartly(path, length)}`,
  );
  if (facts.assumed !== null)
    terminal.tell(`${path}: ${assumedReadingText(facts.assumed, terminal.language)}`);
  return whole;
}

/** The recording that an interrupted import of this very file has left behind, or null. */
async function interruptedImport(database: Workspace['database'], path: string): Promise<string | null> {
  const source = await openSource(path);
  await source.close();
  const unread = await database.recordings.list({ state: 'importing' });
  const same = unread.find(
    ({ sourcePath, sourceSizeBytes, sourceModifiedMs }) =>
      sourcePath === source.path &&
      sourceSizeBytes === source.sizeBytes &&
      sourceModifiedMs === source.modifiedMs,
  );
  return same?.id ?? null;
}
