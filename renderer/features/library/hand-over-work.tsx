import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeepingProgress } from '../../../src/contract/vault-check.ts';
import { Button } from '../../components/button.tsx';
import { DialogActions } from '../../components/dialog.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { request } from '../../lib/client.ts';
import { attempt } from '../../stores/toasts.ts';

/** A matter on its way into a file or out of one: how far it is, and a way to stop it. */
export function HandOverWork({ label }: { label: string }) {
  const { t } = useTranslation('handOver');
  const [progress, setProgress] = useState<KeepingProgress | null>(null);
  useEffect(
    () =>
      window.voicesync.subscribe(({ event }) => {
        if (event.type === 'keepingProgress') setProgress(event.progress);
      }),
    [],
  );
  const isKnown = progress !== null && progress.total > 0;
  return (
    <>
      <p role="status">{label}</p>
      <ProgressBar
        className="mt-3 w-full"
        label={label}
        percent={isKnown ? (100 * progress.done) / progress.total : null}
      />
      <DialogActions>
        <Button onClick={() => attempt(() => request('handOver.stop'))}>{t('stop')}</Button>
      </DialogActions>
    </>
  );
}
