import type { TranscriptAction } from '../keys/transcript-keys.ts';
import type { Playback } from './playback.ts';

/** How far one press goes back or forward. */
const SKIP_MS = 1500;

/** What keys and buttons do with the sound of a text, whether that can be changed or is only read. */
export type PlaybackAction = Extract<
  TranscriptAction,
  'playPause' | 'pause' | 'back' | 'forward' | 'slower' | 'faster' | 'playFromCaret' | 'loop'
>;

/** The actions that play a text. */
export function playbackActions(playback: Playback): Readonly<Record<PlaybackAction, () => void>> {
  const { player } = playback;
  return {
    playPause: () => player.toggle(),
    pause: () => player.pause(),
    back: () => player.skip(-SKIP_MS),
    forward: () => player.skip(SKIP_MS),
    slower: () => player.changeRate(-1),
    faster: () => player.changeRate(1),
    playFromCaret: () => playback.playFromCaret(),
    loop: () => playback.toggleLoop(),
  };
}
