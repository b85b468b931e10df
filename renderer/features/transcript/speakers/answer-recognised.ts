import { request } from '../../../lib/client.ts';
import { translate } from '../../../lib/i18n.ts';
import { say } from '../../../stores/toasts.ts';
import type { WhoSpeaks } from './who-speaks.ts';

/** The remembered voice that named a speaker. */
export interface RecognisedVoice {
  readonly voiceId: string;
  readonly certainty: number;
}

/**
 * Takes the user's answer whether a speaker was rightly recognised: the question ends, and a speaker who was not gets a
 * number for a name, in one edit. Throws AppErrors.
 */
export async function answerRecognised({
  recordingId,
  speaker,
  others,
  voiceId,
  isRight,
  who,
}: RecognisedVoice & {
  readonly recordingId: string;
  readonly speaker: string;
  /** All other speakers of the text. */
  readonly others: readonly string[];
  readonly isRight: boolean;
  readonly who: Pick<WhoSpeaks, 'rename' | 'overview'>;
}): Promise<void> {
  if (isRight) say(translate('voices:confirmed', { name: speaker }));
  else {
    const to = freeName(others);
    if (!(await who.rename(speaker, to))) return;
    say(translate('voices:rejected', { from: speaker, to }));
  }
  await request('voices.settle', { recordingId, voiceId });
  await who.overview.read();
}

/** A name as the machine gives to speakers that nobody knows. */
function freeName(taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(numbered(number))) number += 1;
  return numbered(number);
}

function numbered(number: number): string {
  return translate('transcript:numberedSpeaker', { number });
}
