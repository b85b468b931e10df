import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Delivery } from '../../contract/document.ts';
import type { JobOptions } from '../../contract/job.ts';
import { isInFolder, isInVault } from '../../core/delivery/existing-transcripts.ts';
import { PROVENANCE_FORMATS } from '../../core/delivery/provenance.ts';
import { expandInputs } from '../../core/media/sources/expand-inputs.ts';
import { asAppError, fileError } from '../../core/system-errors.ts';
import { prepareDestination } from '../destination.ts';
import type { ExitStatus } from '../exit-status.ts';
import type { RunCommand } from '../explain.ts';
import { deliveriesFor, jobOptions } from '../job-options.ts';
import {
  type DeliveryFlags,
  type OutputFlags,
  type TranscriptionFlags,
  trackOption,
  type VaultFlags,
  withDeliveryOptions,
  withExamples,
  withOutputOptions,
  withTranscriptionOptions,
  withVaultOptions,
} from '../options.ts';
import { type JobRun, runJobs } from '../run-jobs.ts';
import type { Terminal } from '../terminal.ts';
import { UsageProblem } from '../usage-problem.ts';

type Flags = TranscriptionFlags &
  DeliveryFlags &
  VaultFlags &
  OutputFlags & { readonly track?: number | 'mix'; readonly skipExisting?: boolean };

/** `voicesync transcribe`. */
export function addTranscribeCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('transcribe')
    .description('Transcribe recordings, or all recordings in a folder')
    .argument('<file|folder...>', 'recordings, or folders of recordings');
  withDeliveryOptions(command);
  withTranscriptionOptions(command).addOption(trackOption());
  command.option(
    '--skip-existing',
    'leave out recordings whose transcript, made with the same model and options, is there already',
  );
  withVaultOptions(command, 'optional');
  withOutputOptions(command);
  withExamples(command, [
    [
      'transcribe interview.m4a',
      'writes interview.txt and interview.docx beside the recording; keeps nothing else',
    ],
    ['transcribe hearings/ --out transcripts --format docx,srt --language en', 'every recording in a folder'],
    ['transcribe call.wav --speakers channels --vault ~/Vault', 'keeps recording and transcript, encrypted'],
  ]);
  command.addHelpText(
    'after',
    '\nCtrl+C stops: without a vault what is finished is written, and marked incomplete; in a vault the same\ncommand goes on later. Exit status: 0 all done, 1 some failed, 2 usage, 3 vault in use, 130 interrupted.',
  );
  command.action((inputs: string[], flags: Flags) => run((terminal) => transcribe(terminal, inputs, flags)));
}

async function transcribe(terminal: Terminal, named: string[], flags: Flags): Promise<ExitStatus> {
  if (flags.skipExisting && flags.vault === undefined && !tellsItsMaking(flags)) {
    throw new UsageProblem(({ say }) => say.usage.skipExisting);
  }
  const { inputs, leftOut } = await expandInputs(named);
  const options = await jobOptions(flags);
  // Where nothing can be written, that is said before a passphrase is asked for.
  if (flags.out !== undefined) await prepareDestination(resolve(flags.out));
  const read = inputs
    .filter(({ error, sameAs }) => error === null && sameAs === null)
    .map(({ path }) => path);
  const delivered = deliveriesFor(
    read.map((path) => ({ name: basename(path), sourcePath: path })),
    flags,
    terminal.env,
  );
  const deliveries = new Map(read.map((path, at) => [path, delivered[at]]));
  const queueUp = async (run: JobRun) => {
    run.outcomes.leftOut = leftOut;
    for (const input of inputs) {
      const { path, error, sameAs } = input;
      const delivery = deliveries.get(path);
      if (run.interrupt.isRequested) run.outcomes.notBegun(path);
      else if (error !== null) run.outcomes.reject(path, error);
      else if (sameAs !== null) run.outcomes.same(path, sameAs);
      else if (delivery !== undefined) await addFile(run, path, options, delivery, flags);
    }
  };
  return await runJobs(terminal, flags, queueUp, options.model.path);
}

/** Queues a file, or goes on with the job that an earlier run of the same command has left undone in the vault. */
async function addFile(
  { workspace, outcomes }: JobRun,
  path: string,
  options: JobOptions,
  delivery: Delivery,
  flags: Flags,
): Promise<void> {
  try {
    const track = flags.track ?? null;
    if (flags.skipExisting) {
      const wanted = { sourcePath: path, options, track, delivery };
      const isThere = workspace.vault.isEphemeral
        ? await isInFolder(wanted)
        : await isInVault(workspace.database, wanted);
      if (isThere) return outcomes.skip(path);
    }
    if (flags.out === undefined) await prepareDestination(delivery.folder);
    const undone = await workspace.queue.takeUpJobOf(path, options, delivery);
    if (undone !== null) {
      outcomes.expect(path, { recordingId: undone.recordingId, jobId: undone.id });
      return;
    }
    const importOptions = { matterId: null, track, speakers: flags.speakers };
    outcomes.expect(path, await workspace.queue.addFile(path, importOptions, options, delivery));
  } catch (failure) {
    outcomes.reject(path, asAppError(fileError(failure, path)));
  }
}

function tellsItsMaking({ format }: DeliveryFlags): boolean {
  return PROVENANCE_FORMATS.some((telling) => format.includes(telling));
}
