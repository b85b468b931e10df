import type { SpeakerCount } from '../../src/contract/speakers.ts';
import type { TranscriptionChoice } from '../../src/contract/views.ts';

/** The most people that can be asked for. */
export const MOST_SPEAKERS = 20;

/** How speakers are told apart, as one question: `exactly` and `atMost` go with a number of people. */
export type SpeakerMode = 'auto' | 'exactly' | 'atMost' | 'channels' | 'none';

/** In the order in which they are offered. */
export const SPEAKER_MODES: readonly SpeakerMode[] = ['auto', 'exactly', 'atMost', 'channels', 'none'];

/** The part of a transcription's options that says how speakers are told apart. */
export type SpeakerOptions = Pick<TranscriptionChoice, 'speakers' | 'speakerCount'>;

/** What was answered. A number counts only where voices are compared. */
export function speakerMode({ speakers, speakerCount }: SpeakerOptions): SpeakerMode {
  if (speakers !== 'auto') return speakers;
  if (speakerCount === null) return 'auto';
  return speakerCount.isLimit ? 'atMost' : 'exactly';
}

/** The options for an answer. */
export function speakerOptions(mode: SpeakerMode, people: number): SpeakerOptions {
  if (mode === 'channels' || mode === 'none') return { speakers: mode, speakerCount: null };
  const count: SpeakerCount = { speakers: people, isLimit: mode === 'atMost' };
  return { speakers: 'auto', speakerCount: mode === 'auto' ? null : count };
}

/** The numbers to choose from: one person at most is the same as exactly one. */
export function peopleFrom(mode: SpeakerMode): number[] {
  const least = mode === 'atMost' ? 2 : 1;
  return Array.from({ length: MOST_SPEAKERS + 1 - least }, (_, index) => least + index);
}
