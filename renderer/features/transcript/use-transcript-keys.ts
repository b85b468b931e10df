import { type RefObject, useEffect, useRef } from 'react';
import { type SpeakerAction, speakerPlace, type TranscriptAction } from './keys/transcript-keys.ts';
import { useActionKeys } from './keys/use-key-presses.ts';
import type { TranscriptDesk } from './transcript-desk.ts';

/** More keys than this are not remembered while a transcript is being opened. */
const MOST_REMEMBERED = 8;

/**
 * The keys of the transcript. Those that are pressed while it is still being opened are remembered, and done as soon as
 * it is there. `speakers` are those that have keys, in order.
 */
export function useTranscriptKeys(desk: TranscriptDesk | null, speakers: RefObject<readonly string[]>): void {
  const remembered = useRef<TranscriptAction[]>([]);
  useActionKeys({
    act: (action) => {
      if (isOfSpeaker(action)) return desk !== null && saysWhoSpeaks(desk, action, speakers.current);
      if (desk !== null) desk.act(action);
      else if (remembered.current.length < MOST_REMEMBERED) remembered.current.push(action);
      return true;
    },
    hold: (action, isDown) => desk?.playback.hold(action, isDown),
    isPlaying: () => desk?.playback.player.playing === true,
  });
  useEffect(() => {
    if (desk === null) return;
    for (const action of remembered.current.splice(0)) desk.act(action);
  }, [desk]);
}

function isOfSpeaker(action: TranscriptAction | SpeakerAction): action is SpeakerAction {
  return speakerPlace(action) !== null;
}

/** While it plays and nobody types; else the press is text, or nothing. */
function saysWhoSpeaks(desk: TranscriptDesk, action: SpeakerAction, speakers: readonly string[]): boolean {
  const { player, isTyping } = desk.session.state.getState();
  if (!player.playing || isTyping) return false;
  desk.assignFromHere(speakers[speakerPlace(action) ?? 0]);
  return true;
}
