import { ArchiveRestore } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { takeAppState, useApp } from '../../stores/app.ts';

/** Restores a backup if there is no vault yet. */
export function RestoreBackup() {
  const { t } = useTranslation('keeping');
  const folder = useApp(({ state }) => state?.vaultFolder ?? '');
  const { isBusy, error, submit, clearError } = useSubmission();
  const restore = () => submit(async () => takeAppState(await request('vault.restore')));
  return (
    <section className="mt-8 flex flex-col gap-2 border-t border-line pt-5 text-sm">
      <h2 className="font-medium">{t('restoreTitle')}</h2>
      <p className="text-ink-soft [overflow-wrap:anywhere]">{t('restoreText', { folder })}</p>
      {error && (
        <div role="alert">
          <ErrorNotice
            error={error}
            remedies={{ chooseFolder: restore, retry: restore, showVault: undefined }}
            onClose={clearError}
          />
        </div>
      )}
      <Button className="self-start" disabled={isBusy} onClick={restore}>
        <ArchiveRestore aria-hidden size="1rem" />
        {isBusy ? t('restoring') : t('restoreAction')}
      </Button>
    </section>
  );
}

/** What to do with a backup if there is a vault. */
export function RestoreOver() {
  const { t } = useTranslation('keeping');
  const folder = useApp(({ state }) => state?.vaultFolder ?? '');
  return (
    <details className="text-sm text-ink-soft">
      <summary className="w-fit">{t('restoreOverTitle')}</summary>
      <p className="mt-1 [overflow-wrap:anywhere]">{t('restoreOver', { folder })}</p>
    </details>
  );
}
