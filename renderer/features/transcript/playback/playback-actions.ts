import type { TransportId } from '../../../../src/contract/shortcuts.ts';
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
  'quieter',
  'louder',
  'hearChannel1',
  'hearChannel2',
  'playFromCaret',
  'loop',
] as const satisfies readonly TranscriptAction[];

/** Whether an action is about the sound. */
export function isPlaybackAction(action: string): action is PlaybackAction {
  return PLAYBACK_ACTIONS.some((one) => one === action);
}

/** How far a key from any program skips: whoever types elsewhere hears a whole phrase again. */
const SKIP_ANYWHERE_MS = 5000;

/** What the keys from any program do; `setMarker` is null where no marker can be set. */
export function transportActions(
  { player }: Playback,
  setMarker: (() => void) | null,
): Readonly<Record<TransportId, () => void>> {
  return {
    playPauseAnywhere: () => player.toggle(),
    backAnywhere: () => player.skip(-SKIP_ANYWHERE_MS),
    forwardAnywhere: () => player.skip(SKIP_ANYWHERE_MS),
    slowerAnywhere: () => player.changeRate(-1),
    fasterAnywhere: () => player.changeRate(1),
    markAnywhere: () => setMarker?.(),
  };
}

/** The playback actions. */
export function playbackActions(playback: Playback): Readonly<Record<PlaybackAction, () => void>> {
  const { player, sound } = playback;
  return {
    playPause: () => player.toggle(),
    pause: () => player.pause(),
    back: () => player.skip(-SKIP_MS),
    forward: () => player.skip(SKIP_MS),
    slower: () => player.changeRate(-1),
    faster: () => player.changeRate(1),
    quieter: () => sound.changeGain(-1),
    louder: () => sound.changeGain(1),
    hearChannel1: () => sound.toggleSolo(0),
    hearChannel2: () => sound.toggleSolo(1),
    playFromCaret: () => playback.playFromCaret(),
    loop: () => playback.toggleLoop(),
  };
}
