import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What is read out when something happens that is seen only on its row; it names nothing. */
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
