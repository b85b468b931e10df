import type { TranscriptAction } from '../keys/transcript-keys.ts';
import type { Playback } from './playback.ts';

/** How far one press skips. */
const SKIP_MS = 1500;

/** Audio actions of keys and buttons in a text, editable or read-only. */
export type PlaybackAction = Extract<TranscriptAction, (typeof PLAYBACK_ACTIONS)[number]>;

const PLAYBACK_ACTIONS = [
  'playPause',
  'pause',
  'back',
  'forward',
  'slower',
  'faster',
  'playFromCaret',
  'loop',
] as const satisfies readonly TranscriptAction[];

/** Whether an action is about the sound. */
export function isPlaybackAction(action: string): action is PlaybackAction {
  return PLAYBACK_ACTIONS.some((one) => one === action);
}

/** The playback actions. */
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
