import type { Shortcut } from '../../src/contract/shortcuts.ts';

/** A press of the system's media controls, as the key that it stands for. */
export interface MediaPress {
  readonly shortcut: Shortcut;
  /** What the press was for, by what the system thought was going on; null where it was for neither. */
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
 * Tells the system's media controls, which a lock screen or a telephone may show, that this program plays something, and
 * nothing else: no name, no length, no place.
 */
export function keepMediaControlsBlank(): void {
  const { mediaSession } = navigator;
  mediaSession.metadata = new MediaMetadata({ title: 'VoiceSync' });
  mediaSession.setPositionState({ duration: Number.POSITIVE_INFINITY });
}

/**
 * Hears the media keys where the system hands them to whoever plays, and not to the window as keys; gives what ends it.
 */
export function onMediaKey(listener: (press: MediaPress) => void): () => void {
  const { mediaSession } = navigator;
  const actions = Object.entries(PRESSES) as [MediaSessionAction, MediaPress][];
  for (const [action, press] of actions) mediaSession.setActionHandler(action, () => listener(press));
  return () => {
    for (const [action] of actions) mediaSession.setActionHandler(action, null);
  };
}
