import type { SpeakerLane, SpeakersView } from '../../../../src/contract/speakers.ts';
import type { EditableSegment, TranscriptPatch } from '../../../../src/contract/views.ts';
import type { FakeBridge } from '../../../testing/fake-bridge.ts';
import { openedTranscript, RECORDING, transcriptBridge } from './transcript-bridge.ts';

/** A main process that holds one text: speakers can be assigned, renamed and undone, and are told by the text. */
export class SpeakingBridge {
  readonly bridge: FakeBridge;
  /** The present text. */
  segments: readonly EditableSegment[];
  /** How the speakers were told apart. */
  view: Pick<SpeakersView, 'by' | 'count' | 'canRecount' | 'recognised'> = {
    by: 'voices',
    count: null,
    canRecount: true,
    recognised: [],
  };
  readonly #before: (readonly EditableSegment[])[] = [];
  #ids = 0;

  constructor(segments: readonly EditableSegment[]) {
    this.segments = segments;
    this.bridge = transcriptBridge(segments);
    this.bridge.answer('app.playing', () => undefined);
    this.bridge.answer('transcripts.open', () => ({
      ...openedTranscript(this.segments),
      canUndo: this.#before.length > 0,
    }));
    this.bridge.answer('speakers.overview', () => ({
      recordingId: RECORDING,
      ...this.view,
      lanes: lanesOf(this.segments),
    }));
    this.bridge.answer('transcripts.assignSpeaker', ({ segments: ids, speaker }) =>
      this.give(
        ({ id }) => ids.includes(id),
        speaker,
        (flag) => flag !== 'unsureSpeaker',
      ),
    );
    this.bridge.answer('transcripts.renameSpeaker', ({ from, to }) =>
      this.give(
        ({ speaker }) => speaker === from,
        to,
        () => true,
      ),
    );
    this.bridge.answer('transcripts.undo', () => {
      this.segments = this.#before.pop() ?? this.segments;
      return null;
    });
  }

  /** Who speaks in each segment, in order. */
  get speakers(): (string | null)[] {
    return this.segments.map(({ speaker }) => speaker);
  }

  /** Gives a speaker to segments as one edit; they get other ids. */
  give(
    isMeant: (segment: EditableSegment) => boolean,
    speaker: string | null,
    keeps: (flag: string) => boolean,
  ): TranscriptPatch[] {
    this.#before.push(this.segments);
    const patches: TranscriptPatch[] = [];
    let after: string | null = null;
    this.segments = this.segments.map((segment) => {
      const previous = after;
      after = segment.id;
      if (!isMeant(segment)) return segment;
      this.#ids += 1;
      const given = {
        ...segment,
        id: `${segment.id}-${this.#ids}`,
        speaker,
        flags: segment.flags.filter(keeps),
      };
      patches.push({
        recordingId: RECORDING,
        after: previous,
        removed: [segment.id],
        inserted: [given],
        canUndo: true,
        canRedo: false,
      });
      after = given.id;
      return given;
    });
    return patches;
  }
}

function lanesOf(segments: readonly EditableSegment[]): SpeakerLane[] {
  const speakers = [...new Set(segments.map(({ speaker }) => speaker))];
  return speakers.map((speaker) => {
    const turns = segments
      .filter((segment) => segment.speaker === speaker)
      .map(({ startMs, endMs }) => ({ startMs, endMs }));
    return { speaker, turns, talkMs: turns.reduce((sum, one) => sum + one.endMs - one.startMs, 0) };
  });
}
