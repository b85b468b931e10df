import { resolve } from 'node:path';
import type { DeliveryWish } from '../../app/export/deliveries.ts';
import type { JobChoice } from '../../app/jobs/job-options.ts';
import { DEFAULT_CHOICE } from '../../contract/starting-choice.ts';
import { numbersHere } from '../session.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { formatOptionsFrom } from './format-flags.ts';
import type { DeliveryFlags, TranscriptionFlags } from './options.ts';
import { styleFrom } from './style-flags.ts';
import { UsageProblem } from './usage-problem.ts';

/** A job's options by the flags. */
export function choiceFrom(flags: TranscriptionFlags): JobChoice {
  return {
    ...DEFAULT_CHOICE,
    model: flags.model ?? DEFAULT_CHOICE.model,
    language: flags.language,
    prompt: flags.prompt ?? DEFAULT_CHOICE.prompt,
    ...speakersFrom(flags),
    translate: flags.translate ?? DEFAULT_CHOICE.translate,
    keepSilence: flags.keepSilence ?? DEFAULT_CHOICE.keepSilence,
    threads: flags.threads ?? null,
    beamSize: flags.beamSize ?? null,
  };
}

/** How speakers are told apart, and how many they are. */
function speakersFrom({
  speakers,
  speakersAtMost,
}: TranscriptionFlags): Pick<JobChoice, 'speakers' | 'speakerCount'> {
  if (speakersAtMost !== undefined && speakers !== 'auto') {
    throw new UsageProblem(({ say }) =>
      say('usage.conflict', { text: `--speakers ${speakers}, --speakers-at-most` }),
    );
  }
  if (typeof speakers === 'number') return { speakers: 'auto', speakerCount: { speakers, isLimit: false } };
  const speakerCount = speakersAtMost === undefined ? null : { speakers: speakersAtMost, isLimit: true };
  return { speakers, speakerCount };
}

/** What to write by the flags, and where. */
export function wishFrom(flags: DeliveryFlags, { env }: Pick<Terminal, 'env'>): DeliveryWish {
  return {
    folder: flags.out === undefined ? null : resolve(flags.out),
    formats: flags.format,
    timestamps: flags.timestamps ?? false,
    timeOffsetMs: flags.timeOffset ?? null,
    overwrite: flags.overwrite ?? false,
    formatOptions: formatOptionsFrom(flags, numbersHere(env)),
    style: styleFrom(flags),
  };
}
