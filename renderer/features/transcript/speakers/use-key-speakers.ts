import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { usePlatform } from '../../../components/window-facts.ts';
import { shortcutLabel } from '../../../lib/shortcuts.ts';
import { useLibrary } from '../../../stores/library.ts';
import { useMatters } from '../../../stores/matters.ts';
import { useShortcutKeys } from '../../../stores/shortcuts.ts';
import { MOST_KEY_SPEAKERS, speakerAction } from '../keys/transcript-keys.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';
import { knownSpeakers } from './known-speakers.ts';

/** The speakers to choose from, in order. */
export function useKnownSpeakers(sync: TranscriptSync): readonly string[] {
  const { t } = useTranslation('transcript');
  const inText = useStore(sync.store, (s) => s.speakers);
  const matterId = useLibrary(({ recordings }) => recordings.get(sync.recordingId)?.matterId ?? null);
  const inMatter = useMatters(({ matters }) => matters.find(({ id }) => id === matterId)?.speakers);
  return useMemo(
    () => knownSpeakers(inText, inMatter ?? [], (number) => t('numberedSpeaker', { number })),
    [inText, inMatter, t],
  );
}

/** The speakers with keys, in order. */
export function useKeySpeakers(sync: TranscriptSync): readonly string[] {
  const known = useKnownSpeakers(sync);
  return useMemo(() => known.slice(0, MOST_KEY_SPEAKERS), [known]);
}

/** The key label of the speaker at an index, from 0; null without a key. */
export function useSpeakerKeyLabels(): (place: number) => string | null {
  const keys = useShortcutKeys();
  const platform = usePlatform();
  return (place) => {
    const action = speakerAction(place);
    const [key] = action === undefined ? [] : keys[action];
    return key === undefined ? null : shortcutLabel(key, platform);
  };
}
