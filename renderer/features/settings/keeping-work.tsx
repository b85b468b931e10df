import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeepingProgress } from '../../../src/contract/vault-check.ts';
import { Button } from '../../components/button.tsx';
import { DialogActions } from '../../components/dialog.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { request } from '../../lib/client.ts';
import { attempt } from '../../stores/toasts.ts';

/** A running backup or check: its progress, and a way to stop it. */
export function KeepingWork({
  label,
  before = label,
}: {
  label: string;
  /** Message before it begins. */
  before?: string;
}) {
  const { t } = useTranslation('keeping');
  const [progress, setProgress] = useState<KeepingProgress | null>(null);
  useEffect(
    () =>
      window.voicesync.subscribe(({ event }) => {
        if (event.type === 'keepingProgress') setProgress(event.progress);
      }),
    [],
  );
  if (progress === null) return <p role="status">{before}</p>;
  const isKnown = progress.total > 0;
  return (
    <>
      <p role="status">{label}</p>
      <ProgressBar
        className="mt-3 w-full"
        label={label}
        percent={isKnown ? (100 * progress.done) / progress.total : null}
      />
      <p className="mt-2 min-h-5 text-sm text-ink-soft figures">
        {isKnown && t('progress', { done: progress.done, count: progress.total })}
      </p>
      <DialogActions>
        <Button onClick={() => attempt(() => request('vault.stopKeeping'))}>{t('stop')}</Button>
      </DialogActions>
    </>
  );
}
