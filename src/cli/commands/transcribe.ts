import type { Command } from 'commander';
import { jobOptionsFor } from '../../app/jobs/job-options.ts';
import { planFiles, tellProvenance, writtenWith } from '../../app/jobs/transcribe-files.ts';
import { setUsualLanguages } from '../../app/languages/usual-languages.ts';
import { Models } from '../../app/models/models.ts';
import { readTextFile, refuseUnreadable } from '../../app/transcripts/existing-texts.ts';
import type { UsualLanguages } from '../../contract/usual-languages.ts';
import { choiceFrom, wishFrom } from '../arguments/job-options.ts';
import {
  type DeliveryFlags,
  type OutputFlags,
  qualityOption,
  type RunFlags,
  type TranscriptionFlags,
  trackOption,
  usualLanguagesOption,
  type VaultFlags,
  withDeliveryOptions,
  withExamples,
  withOutputOptions,
  withTranscriptionOptions,
  withVaultOptions,
} from '../arguments/options.ts';
import { inTemplate, keptTemplate, templateFrom } from '../arguments/template-file.ts';
import { UsageProblem } from '../arguments/usage-problem.ts';
import type { RunCommand } from '../explain.ts';
import { runJobs } from '../run-jobs.ts';
import type { ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

type Flags = TranscriptionFlags &
  DeliveryFlags &
  VaultFlags &
  RunFlags &
  OutputFlags & {
    readonly track?: number | 'mix';
    readonly skipExisting?: boolean;
    readonly text?: string;
    readonly usualLanguages?: UsualLanguages;
  };

/** `voicesync transcribe`. */
export function addTranscribeCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('transcribe')
    .description('Transcribe recordings, or all recordings in a folder')
    .argument('<file|folder...>', 'recordings, or folders of recordings');
  withDeliveryOptions(command);
  withTranscriptionOptions(command)
    .addOption(usualLanguagesOption())
    .addOption(qualityOption())
    .addOption(trackOption());
  command.option(
    '--text <file>',
    'an existing text of the one recording: it gets the times of what is heard, and is what is written',
  );
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
    ['transcribe meeting.mp3 --speakers-at-most 6 --format docx,rttm', 'also writes who speaks when'],
  ]);
  command.addHelpText(
    'after',
    '\nCtrl+C stops: without a vault what is finished is written, and marked incomplete; in a vault the same\ncommand goes on later. Exit status: 0 all done, 1 some failed, 2 usage, 3 vault in use, 130 interrupted.',
  );
  command.action((inputs: string[], flags: Flags) => run((terminal) => transcribe(terminal, inputs, flags)));
}

async function transcribe(terminal: Terminal, named: string[], flags: Flags): Promise<ExitStatus> {
  const { skipExisting = false, track = null, vault, format } = flags;
  if (skipExisting && vault === undefined && !tellProvenance(format)) {
    throw new UsageProblem(({ say }) => say('usage.skipExisting'));
  }
  const { usualLanguages } = flags;
  if (usualLanguages !== undefined && (vault !== undefined || flags.language !== 'auto'))
    throw new UsageProblem(({ say }) =>
      say('usage.conflict', {
        text: `--usual-languages, ${vault === undefined ? '--language' : '--vault'}`,
      }),
    );
  const options = await jobOptionsFor(new Models(), choiceFrom(flags), []);
  // An unwritable output is refused before the passphrase prompt.
  const template = await templateFrom(flags);
  const wish = inTemplate(wishFrom(flags, terminal), template);
  const { speakers } = options;
  const plan = await planFiles(named, { options, track, speakers, wish, skipExisting });
  const text = flags.text === undefined ? null : await readTextFile(flags.text);
  if (text !== null) {
    if (plan.files.inputs.length !== 1)
      throw new UsageProblem(({ say }) => say('usage.oneRecordingWithText'));
    refuseUnreadable(text);
  }
  return await runJobs(
    terminal,
    flags,
    async ({ app, outcomes, interrupt }) => {
      if (usualLanguages !== undefined) await setUsualLanguages(app.services.database, usualLanguages);
      const kept = await keptTemplate(app, template);
      await app.jobs.addFiles(
        writtenWith(plan, (one) => inTemplate(one, kept)),
        outcomes,
        () => interrupt.isRequested,
      );
      const recordingId = outcomes.list()[0]?.recordingId ?? null;
      if (text !== null && recordingId !== null) await app.texts.add(recordingId, text);
    },
    { expectedModel: options.model.path },
  );
}
