import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlannedVaultMove } from '../../../src/contract/vault-place.ts';
import { formatBytes } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';

/** Chooses where the vault shall be moved, shows what that takes, and begins it: then the vault is locked. */
export function MoveVaultDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['vaultPlace', 'app']);
  const [plan, setPlan] = useState<PlannedVaultMove | null>(null);
  const { isBusy, error, submit, clearError } = useSubmission();
  const choose = () =>
    submit(async () => {
      setPlan(null);
      setPlan(await request('vaultPlace.plan'));
    });
  const move = () =>
    submit(async () => {
      await request('vaultPlace.move');
    });
  return (
    <Dialog title={t('moveTitle')} description={t('moveText')} onClose={() => !isBusy && onClose()}>
      {plan === null ? <p className="text-ink-soft">{t('moveSynced')}</p> : <Plan plan={plan} />}
      {error && (
        <div role="alert" className="mt-4">
          <ErrorNotice
            error={error}
            remedies={{ chooseFolder: choose, retry: choose }}
            onClose={clearError}
          />
        </div>
      )}
      <DialogActions>
        <Button disabled={isBusy} onClick={onClose}>
          {t('app:cancel')}
        </Button>
        {plan !== null && (
          <Button disabled={isBusy} onClick={choose}>
            {t('chooseAnother')}
          </Button>
        )}
        {plan === null ? (
          <Button look="primary" disabled={isBusy} onClick={choose}>
            {t('chooseFolder')}
          </Button>
        ) : (
          <Button look="primary" disabled={isBusy} onClick={move}>
            {t('moveNow')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Plan({ plan }: { plan: PlannedVaultMove }) {
  const { t } = useTranslation('vaultPlace');
  const language = useLanguage();
  const { from, to, files, bytes, freeBytes } = plan;
  const facts = [
    [t('from'), from],
    [t('to'), to],
    [t('toCopy'), t('files', { count: files, size: formatBytes(bytes, language) })],
    [t('room'), formatBytes(freeBytes, language)],
  ] as const;
  return (
    <>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="select-text [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-ink-soft">{t('moveLocks')}</p>
    </>
  );
}
