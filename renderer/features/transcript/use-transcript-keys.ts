import { type RefObject, useEffect, useRef } from 'react';
import { isBeingRecorded } from '../../stores/captures.ts';
import type { OpenTranscript } from './assemble-transcript.ts';
import { type SpeakerAction, speakerPlace, type TranscriptAction } from './keys/transcript-keys.ts';
import { useActionKeys } from './keys/use-key-presses.ts';
import { isPlaybackAction } from './playback/playback-actions.ts';

/** At most this many keys are buffered while a transcript opens. */
const MOST_REMEMBERED = 8;

/**
 * The keys of the transcript. Those pressed while it is still being opened are buffered, and run as soon as it is
 * open. `speakers` are those that have keys, in order.
 */
export function useTranscriptKeys(
  transcript: OpenTranscript | null,
  speakers: RefObject<readonly string[]>,
): void {
  const remembered = useRef<TranscriptAction[]>([]);
  useActionKeys({
    act: (action) => {
      // What is played would be recorded.
      if (isPlaybackAction(action) && transcript !== null && isBeingRecorded(transcript.sync.recordingId))
        return false;
      if (isOfSpeaker(action))
        return transcript !== null && saysWhoSpeaks(transcript, action, speakers.current);
      if (transcript !== null) transcript.act(action);
      else if (remembered.current.length < MOST_REMEMBERED) remembered.current.push(action);
      return true;
    },
    hold: (action, isDown) => {
      if (transcript === null || (isDown && isBeingRecorded(transcript.sync.recordingId))) return;
      transcript.playback.hold(action, isDown);
    },
    isPlaying: () => transcript?.playback.player.playing === true,
  });
  useEffect(() => {
    if (transcript === null) return;
    for (const action of remembered.current.splice(0)) transcript.act(action);
  }, [transcript]);
}

function isOfSpeaker(action: TranscriptAction | SpeakerAction): action is SpeakerAction {
  return speakerPlace(action) !== null;
}

/** During playback without typing; else the press is text, or nothing. */
function saysWhoSpeaks(
  transcript: OpenTranscript,
  action: SpeakerAction,
  speakers: readonly string[],
): boolean {
  const { playback, caret } = transcript;
  if (!playback.store.getState().player.playing || caret.isTyping) return false;
  const speaker = speakers[speakerPlace(action) ?? 0];
  if (speaker !== undefined) playback.assignFromHere(speaker);
  return true;
}
