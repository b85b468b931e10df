import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The screen reader message for an event shown only on its row; it contains no names. */
export function useAnnouncement(): string {
  const { t } = useTranslation('app');
  const [announcement, setAnnouncement] = useState('');
  useEffect(
    () =>
      window.voicesync.subscribe(({ event }) => {
        if (event.type !== 'core') return;
        const { event: core } = event;
        if (core.type === 'recordingReady') setAnnouncement(t('safeAnnouncement'));
        if (core.type === 'jobEnded' && core.state === 'done') setAnnouncement(t('finishedAnnouncement'));
        if (core.type === 'jobEnded' && core.state === 'failed') setAnnouncement(t('failedAnnouncement'));
      }),
    [t],
  );
  return announcement;
}
