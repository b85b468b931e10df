import type { EditableSegment, OpenedTranscript } from '../../../../src/contract/views.ts';
import { FakeBridge } from '../../../testing/fake-bridge.ts';

/** The recording of `openedTranscript`. */
export const RECORDING = '0198a000-0000-7000-8000-000000000000';

/** A finished transcript of a minute with these segments. */
export function openedTranscript(segments: readonly EditableSegment[]): OpenedTranscript {
  return {
    recordingId: RECORDING,
    name: 'hearing.wav',
    versionNumber: 1,
    versionKind: 'machine',
    durationMs: 60_000,
    channels: 1,
    complete: true,
    transcribedMs: 60_000,
    language: 'en',
    gain: { leastDb: 0, greatestDb: 0 },
    skipped: [],
    otherLanguages: [],
    canUndo: false,
    canRedo: false,
    place: { segmentId: null, offset: 0, scrollMs: 0, playheadMs: 0 },
    packedSegments: segments
      .map((one) =>
        JSON.stringify([
          ...[one.id, one.channel, 0, one.startMs, one.endMs, one.text],
          ...[one.speaker, one.language, one.confidence, one.flags],
        ]),
      )
      .join('\n'),
  };
}

/** A bridge that answers what opening and closing a transcript with these segments asks for. */
export function transcriptBridge(segments: readonly EditableSegment[]): FakeBridge {
  const bridge = new FakeBridge();
  bridge.install();
  bridge.answer('transcripts.open', () => openedTranscript(segments));
  bridge.answer('transcripts.takeUnsaved', () => []);
  bridge.answer('markers.list', () => []);
  bridge.answer('transcripts.keptEdits', () => []);
  bridge.answer('autoCorrections.applied', () => []);
  bridge.answer('transcripts.words', ({ segments: wanted }) =>
    JSON.stringify(
      segments
        .filter(({ id }) => wanted.includes(id))
        .map(({ id, words }) => [
          id,
          words.map((word) => [word.startMs, word.endMs, word.text, word.confidence]),
        ]),
    ),
  );
  for (const name of ['keepUnsaved', 'saveViewState', 'close'] as const)
    bridge.answer(`transcripts.${name}`, () => undefined);
  return bridge;
}
