import { mkdir } from 'node:fs/promises';
import type { Command } from 'commander';
import type { JobOptions } from '../../contract/job.ts';
import { userLanguage } from '../../contract/user-language.ts';
import { asAppError } from '../../core/system-errors.ts';
import type { Workspace } from '../../core/workspace.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { expandInputs } from '../expand-inputs.ts';
import { FileOutcomes } from '../file-outcomes.ts';
import { Interrupt } from '../interrupt.ts';
import { deliveryFor, jobOptions } from '../job-options.ts';
import {
  type DeliveryFlags,
  type OutputFlags,
  parseTrack,
  type TranscriptionFlags,
  type VaultFlags,
  withDeliveryOptions,
  withOutputOptions,
  withTranscriptionOptions,
  withVaultOptions,
} from '../options.ts';
import { reporterFor } from '../reporter-choice.ts';
import { runCommand } from '../run-command.ts';
import { openWorkspace } from '../session.ts';

type Flags = TranscriptionFlags &
  DeliveryFlags &
  VaultFlags &
  OutputFlags & { readonly track?: number | 'mix' };

const SAMPLE_NOTICE =
  'Using the sample model, which knows only a small vocabulary: bring a real one with "voicesync models import".';

const EXAMPLES = `
Examples:
  voicesync transcribe interview.m4a
      writes interview.txt and interview.docx beside the recording; nothing else is kept
  voicesync transcribe hearings/ --out transcripts --format docx,srt --language en
      transcribes every recording in a folder
  voicesync transcribe call.wav --speakers channels --vault ~/Vault
      keeps recording and transcript encrypted; a run that is interrupted goes on with "voicesync queue run"
`;

/** `voicesync transcribe`. */
export function addTranscribeCommand(program: Command): void {
  const command = program
    .command('transcribe')
    .description('Transcribe recordings, or all recordings in a folder')
    .argument('<file|folder...>', 'recordings, or folders of recordings')
    .option('--track <n|mix>', 'which audio track to take of several: its number, or mix', parseTrack)
    .addHelpText('after', EXAMPLES);
  withTranscriptionOptions(command);
  withDeliveryOptions(command);
  withVaultOptions(command, 'optional');
  withOutputOptions(command);
  command.action((inputs: string[], flags: Flags) => runCommand(() => transcribe(inputs, flags)));
}

async function transcribe(inputs: string[], flags: Flags): Promise<ExitStatus> {
  const language = userLanguage(process.env);
  const files = await expandInputs(inputs);
  const options = await jobOptions(flags);
  if (flags.out !== undefined) await mkdir(flags.out, { recursive: true });
  const reporter = reporterFor(flags, language);
  if (options.model.isSample) reporter.notice(SAMPLE_NOTICE);
  const outcomes = new FileOutcomes();
  const interrupt = new Interrupt();
  try {
    const workspace = await openWorkspace(flags, language, (event) => {
      outcomes.note(event);
      reporter.event(event);
    });
    try {
      await workspace.queue.start();
      for (const file of files) {
        if (interrupt.isRequested) break;
        await addFile(workspace, file, options, flags, outcomes);
      }
      await outcomes.allEnded(interrupt.requested);
    } finally {
      await workspace.close();
    }
  } finally {
    interrupt.release();
    reporter.close();
  }
  const list = outcomes.list();
  reporter.summary(list);
  if (interrupt.isRequested) return EXIT.interrupted;
  return list.every((outcome) => outcome.state === 'done') ? EXIT.done : EXIT.someFailed;
}

/** Queues a file, or goes on with the job that an interrupted run of the same command has left in the vault. */
async function addFile(
  workspace: Workspace,
  file: string,
  options: JobOptions,
  flags: Flags,
  outcomes: FileOutcomes,
): Promise<void> {
  const delivery = deliveryFor(file, flags);
  try {
    const unfinished = await workspace.queue.unfinishedJobOf(file, options);
    if (unfinished !== null) {
      outcomes.expect(file, { recordingId: unfinished.recordingId, jobId: unfinished.id });
      return;
    }
    const importOptions = { matterId: null, track: flags.track ?? null, speakers: flags.speakers };
    outcomes.expect(file, await workspace.queue.addFile(file, importOptions, options, delivery));
  } catch (error) {
    outcomes.reject(file, asAppError(error));
  }
}
