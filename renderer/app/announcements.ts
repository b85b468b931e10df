import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A screen reader message, numbered: a text that is told again is new. */
export interface Announcement {
  readonly number: number;
  readonly text: string;
}

/** The screen reader message for an event shown only on its row; it contains no names. */
export function useAnnouncement(): Announcement {
  const { t } = useTranslation('app');
  const [announcement, setAnnouncement] = useState<Announcement>({ number: 0, text: '' });
  useEffect(() => {
    const announce = (text: string) => setAnnouncement(({ number }) => ({ number: number + 1, text }));
    return window.voicesync.subscribe(({ event }) => {
      if (event.type !== 'core') return;
      const { event: core } = event;
      if (core.type === 'recordingReady') announce(t('safeAnnouncement'));
      if (core.type === 'jobEnded' && core.state === 'done') announce(t('finishedAnnouncement'));
      if (core.type === 'jobEnded' && core.state === 'failed') announce(t('failedAnnouncement'));
    });
  }, [t]);
  return announcement;
}
