import type { Shortcut } from '../../src/contract/shortcuts.ts';

/** The keys that the system's media controls stand for. */
const KEYS: Readonly<Partial<Record<MediaSessionAction, Shortcut>>> = {
  play: 'MediaPlayPause',
  pause: 'MediaPlayPause',
  stop: 'MediaStop',
  previoustrack: 'MediaTrackPrevious',
  nexttrack: 'MediaTrackNext',
  seekbackward: 'MediaRewind',
  seekforward: 'MediaFastForward',
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
export function onMediaKey(listener: (shortcut: Shortcut) => void): () => void {
  const { mediaSession } = navigator;
  const actions = Object.entries(KEYS) as [MediaSessionAction, Shortcut][];
  for (const [action, shortcut] of actions) mediaSession.setActionHandler(action, () => listener(shortcut));
  return () => {
    for (const [action] of actions) mediaSession.setActionHandler(action, null);
  };
}
