import type { Shortcut } from '../../src/contract/shortcuts.ts';

/** A press of the system's media controls, as the corresponding key. */
export interface MediaPress {
  readonly shortcut: Shortcut;
  /** The press's purpose, by the system's view of the playback state; null if it had neither. */
  readonly wants: 'playing' | 'paused' | null;
}

const PRESSES: Readonly<Partial<Record<MediaSessionAction, MediaPress>>> = {
  play: { shortcut: 'MediaPlayPause', wants: 'playing' },
  pause: { shortcut: 'MediaPlayPause', wants: 'paused' },
  stop: { shortcut: 'MediaStop', wants: null },
  previoustrack: { shortcut: 'MediaTrackPrevious', wants: null },
  nexttrack: { shortcut: 'MediaTrackNext', wants: null },
  seekbackward: { shortcut: 'MediaRewind', wants: null },
  seekforward: { shortcut: 'MediaFastForward', wants: null },
};

/**
 * Reports to the system's media controls, which a lock screen or a telephone may show, that this program plays,
 * and nothing else: no name, duration or position.
 */
export function keepMediaControlsBlank(): void {
  const { mediaSession } = navigator;
  mediaSession.metadata = new MediaMetadata({ title: 'VoiceSync' });
  mediaSession.setPositionState({ duration: Number.POSITIVE_INFINITY });
}

/**
 * Handles media keys if the system sends them to the playing program instead of the window; returns the cleanup.
 */
export function onMediaKey(listener: (press: MediaPress) => void): () => void {
  const { mediaSession } = navigator;
  const actions = Object.entries(PRESSES) as [MediaSessionAction, MediaPress][];
  for (const [action, press] of actions) mediaSession.setActionHandler(action, () => listener(press));
  return () => {
    for (const [action] of actions) mediaSession.setActionHandler(action, null);
  };
}
