import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MadeBackup } from '../../../src/contract/vault-check.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { DoneNotice } from '../../components/done-notice.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { KeepingWork } from '../../components/keeping-work.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { stopKeeping } from './stop-keeping.ts';

/** Copies the vault to a folder that the user chooses; open until that is done or stopped. */
export function BackUpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['keeping', 'app']);
  const [made, setMade] = useState<MadeBackup | null>(null);
  const { isBusy, error, submit, clearError } = useSubmission();
  const [isStopped, setStopped] = useState(false);
  const begin = () =>
    submit(async () => {
      const outcome = await request('vault.backUp');
      setStopped(outcome === 'stopped');
      if (typeof outcome === 'object') setMade(outcome);
    });
  return (
    <Dialog
      title={t('backupTitle')}
      {...(made === null && !isBusy ? { description: t('backupText') } : {})}
      onClose={() => !isBusy && onClose()}
    >
      {isBusy ? (
        <KeepingWork label={t('backupCopying')} before={t('backupChoosing')} onStop={stopKeeping} />
      ) : made === null ? (
        <>
          <p className="text-ink-soft">{t('backupOpens')}</p>
          <p role="status" className="mt-4 empty:hidden">
            {isStopped && t('backupStopped')}
          </p>
          {error && (
            <div role="alert" className="mt-4">
              <ErrorNotice
                error={error}
                remedies={{ chooseFolder: begin, retry: begin }}
                onClose={clearError}
              />
            </div>
          )}
          <DialogActions>
            <Button onClick={onClose}>{t('app:cancel')}</Button>
            <Button look="primary" onClick={begin}>
              {t('backupChoose')}
            </Button>
          </DialogActions>
        </>
      ) : (
        <BackupMade made={made} onClose={onClose} />
      )}
    </Dialog>
  );
}

function BackupMade({ made, onClose }: { made: MadeBackup; onClose: () => void }) {
  const { t } = useTranslation(['keeping', 'app']);
  return (
    <>
      <DoneNotice title={t('backupDone')}>
        <p className="text-ink-soft select-text">
          {t('backupWhere', { folder: made.folder })} {t('objects', { count: made.objects })}
        </p>
        <p className="text-ink-soft">{t('backupSafe')}</p>
      </DoneNotice>
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          {t('app:close')}
        </Button>
      </DialogActions>
    </>
  );
}
