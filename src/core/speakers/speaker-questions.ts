import type { Span } from '../../contract/audio.ts';
import type { SpeakerCount, SpeakerLane } from '../../contract/speakers.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { Voice } from './known-voices.ts';
import type { LearntVoice } from './learnt-voice.ts';
import type { SimilarSegment } from './similar-segments.ts';
import type { Diarization, SpeakerTurn } from './speaker-turns.ts';

/** What the thread of speakers can be asked about a recording's voices, by `type`, and what it answers. */
export interface SpeakerAnswers {
  /** Who speaks when: see `diarize`. */
  readonly diarize: {
    readonly question: { readonly count: SpeakerCount | null; readonly known: readonly Voice[] };
    readonly answer: Diarization;
  };
  /** Segments like a corrected paragraph: see `similarSegments`. */
  readonly similar: {
    readonly question: {
      readonly segments: readonly Pick<Segment, 'startMs' | 'endMs' | 'speaker'>[];
      readonly corrected: Span & { readonly from: string | null };
    };
    readonly answer: readonly SimilarSegment[];
  };
  /** A speaker's turns as those of two: see `splitVoices`. */
  readonly split: {
    readonly question: { readonly spans: readonly Span[] };
    readonly answer: readonly SpeakerTurn[] | null;
  };
  /** A speaker's voice by who speaks when in the text: see `learntVoice`. */
  readonly learn: {
    readonly question: { readonly lanes: readonly SpeakerLane[]; readonly speaker: string };
    readonly answer: LearntVoice | null;
  };
}

/** A question's `type`. */
export type SpeakerQuestionType = keyof SpeakerAnswers;

/** A message to the thread: parts of the recording in order, then the question about them. */
export type SpeakerRequest =
  | { readonly type: 'part'; readonly voices: Uint8Array }
  | {
      [Type in SpeakerQuestionType]: { readonly type: Type } & SpeakerAnswers[Type]['question'];
    }[SpeakerQuestionType];

/** The thread's only message. */
export type SpeakerReply =
  | { readonly type: 'answer'; readonly answer: unknown }
  | { readonly type: 'failed'; readonly cause: unknown };
