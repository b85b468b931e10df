import { useEffect, useRef } from 'react';
import type { TranscriptDesk } from './transcript-desk.ts';
import { speakerNumber, type TranscriptAction } from './transcript-keys.ts';
import { useActionKeys, useKeyPresses } from './use-key-presses.ts';

/** More keys than this are not remembered while a transcript is being opened. */
const MOST_REMEMBERED = 8;

/**
 * The keys of the transcript. Those that are pressed while it is still being opened are remembered, and done as soon as
 * it is there.
 */
export function useTranscriptKeys(desk: TranscriptDesk | null): void {
  const remembered = useRef<TranscriptAction[]>([]);
  useActionKeys({
    act: (action) => {
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

/** The keys 1 to 9, while it plays and nobody types: they say who speaks. */
export function useSpeakerNumberKeys(desk: TranscriptDesk, speakers: readonly string[]): void {
  useKeyPresses((event, isInField) => {
    const number = speakerNumber(event);
    const { player, isTyping } = desk.session.state.getState();
    if (number === null || isInField || !player.playing || isTyping) return false;
    desk.assignNumber(number, speakers);
    return true;
  });
}
