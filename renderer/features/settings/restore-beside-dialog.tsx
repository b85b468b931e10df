import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MadeBackup } from '../../../src/contract/vault-check.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { KeepingWork } from '../../components/keeping-work.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { takeAppState, useApp } from '../../stores/app.ts';
import { stopKeeping } from './stop-keeping.ts';

/** Restores a backup beside the open vault, which stays as it is; then the user chooses which one to use. */
export function RestoreBesideDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['vaultPlace', 'keeping', 'app']);
  const vaultFolder = useApp(({ state }) => state?.vaultFolder ?? '');
  const [restored, setRestored] = useState<MadeBackup | null>(null);
  const [isRestoring, setRestoring] = useState(false);
  const [isStopped, setStopped] = useState(false);
  const { isBusy, error, submit, clearError } = useSubmission();
  const begin = () =>
    submit(async () => {
      setRestoring(true);
      const outcome = await request('vault.restoreBeside').finally(() => setRestoring(false));
      setStopped(outcome === 'stopped');
      if (typeof outcome === 'object') setRestored(outcome);
    });
  const use = () => submit(async () => takeAppState(await request('vault.useRestored')));
  return (
    <Dialog
      title={t('restoreTitle')}
      {...(restored === null && !isBusy ? { description: t('restoreText') } : {})}
      onClose={() => !isBusy && onClose()}
    >
      {isRestoring ? (
        <KeepingWork
          label={t('keeping:restoring')}
          before={t('restoreChoosing')}
          unit="bytes"
          onStop={stopKeeping}
        />
      ) : (
        <>
          {restored === null ? (
            <p className="text-ink-soft [overflow-wrap:anywhere]">
              {t('restoreKeeps', { folder: vaultFolder })}
            </p>
          ) : (
            <div role="status" className="flex gap-3">
              <CircleCheck aria-hidden size="1.25rem" className="mt-0.5 shrink-0 text-accent" />
              <div className="flex min-w-0 flex-col gap-2 [overflow-wrap:anywhere]">
                <p className="font-medium">{t('restored')}</p>
                <p className="text-ink-soft select-text">
                  {t('keeping:backupWhere', { folder: restored.folder })}{' '}
                  {t('keeping:objects', { count: restored.objects })}
                </p>
                <p className="text-ink-soft">{t('restoredNext', { folder: vaultFolder })}</p>
              </div>
            </div>
          )}
          <p role="status" className="mt-4 empty:hidden">
            {isStopped && t('restoreStopped')}
          </p>
          {error && (
            <div role="alert" className="mt-4">
              <ErrorNotice
                error={error}
                remedies={{ chooseFolder: begin, retry: begin, showVault: undefined }}
                onClose={clearError}
              />
            </div>
          )}
          <DialogActions>
            <Button disabled={isBusy} onClick={onClose}>
              {restored === null ? t('app:cancel') : t('stay')}
            </Button>
            {restored === null ? (
              <Button look="primary" disabled={isBusy} onClick={begin}>
                {t('chooseBackup')}
              </Button>
            ) : (
              <Button look="primary" disabled={isBusy} onClick={use}>
                {t('useRestored')}
              </Button>
            )}
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
