import { type RefObject, useEffect, useRef } from 'react';
import { translate } from '../../lib/i18n.ts';
import { useApp } from '../../stores/app.ts';
import { isBeingRecorded } from '../../stores/captures.ts';
import { say } from '../../stores/toasts.ts';
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
    anywhere: (action) => {
      if (transcript === null) return;
      const isMarker = action === 'markAnywhere';
      if (isMarker || !isBeingRecorded(transcript.sync.recordingId)) transcript.anywhere(action);
    },
    isPlaying: () => transcript?.playback.player.playing === true,
  });
  useRefusedKeys(transcript !== null);
  useEffect(() => {
    if (transcript === null) return;
    for (const action of remembered.current.splice(0)) transcript.act(action);
  }, [transcript]);
}

/** Says which keys from any program do not work, as soon as a text is open or they are changed. */
function useRefusedKeys(isOpen: boolean): void {
  const refused = useApp(({ state }) => state?.refusedKeys.join() ?? '');
  useEffect(() => {
    if (!isOpen || refused === '') return;
    const { refusedKeys = [] } = useApp.getState().state ?? {};
    const actions = refusedKeys.map((id) => translate(`actions:${id}`)).join('; ');
    say(translate('editorTools:refusedKeys', { actions }));
  }, [isOpen, refused]);
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
