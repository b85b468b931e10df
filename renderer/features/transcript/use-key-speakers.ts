import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useLibrary } from '../../stores/library.ts';
import { useMatters } from '../../stores/matters.ts';
import { knownSpeakers } from './speaker-run.ts';
import type { TranscriptDesk } from './transcript-desk.ts';

/** The speakers to choose from, in order. */
export function useKnownSpeakers(desk: TranscriptDesk): readonly string[] {
  const { t } = useTranslation('transcript');
  const inText = useStore(desk.session.state, (s) => s.speakers);
  const matterId = useLibrary(({ recordings }) => recordings.get(desk.session.recordingId)?.matterId ?? null);
  const inMatter = useMatters(({ matters }) => matters.find(({ id }) => id === matterId)?.speakers);
  return useMemo(
    () => knownSpeakers(inText, inMatter ?? [], (number) => t('numberedSpeaker', { number })),
    [inText, inMatter, t],
  );
}

/** The speakers that the keys 1 to 9 stand for, in order. */
export function useKeySpeakers(desk: TranscriptDesk): readonly string[] {
  const known = useKnownSpeakers(desk);
  return useMemo(() => known.slice(0, 9), [known]);
}
