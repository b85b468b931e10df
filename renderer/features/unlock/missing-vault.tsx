import { FolderOpen, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { takeAppState, useApp } from '../../stores/app.ts';
import { GatePage } from './gate-page.tsx';

/** The vault is not where it was chosen to be: look again, choose it, or go on without it. Nothing is made by itself. */
export function MissingVault() {
  const { t } = useTranslation('vaultPlace');
  const folder = useApp(({ state }) => state?.vaultFolder ?? '');
  const [isStillGone, setStillGone] = useState(false);
  const { isBusy, error, submit, clearError } = useSubmission();
  const ask = (name: 'vaultPlace.lookAgain' | 'vaultPlace.useOther' | 'vaultPlace.goWithout') =>
    submit(async () => {
      setStillGone(false);
      const state = await request(name);
      setStillGone(state.phase === 'missing' && name === 'vaultPlace.lookAgain');
      takeAppState(state);
    });
  const choose = () => ask('vaultPlace.useOther');
  return (
    <GatePage>
      <h1 className="text-2xl font-semibold">{t('missingTitle')}</h1>
      <p className="mt-2 [overflow-wrap:anywhere]">{t('missingWhere', { folder })}</p>
      <p className="mt-2 text-ink-soft">{t('missingTodo')}</p>
      <p role="status" className="mt-2 empty:hidden">
        {isStillGone && t('stillMissing')}
      </p>
      {error && (
        <div role="alert" className="mt-4">
          <ErrorNotice
            error={error}
            remedies={{ chooseFolder: choose, retry: choose, showVault: undefined }}
            onClose={clearError}
          />
        </div>
      )}
      <div className="mt-5 flex flex-col gap-3">
        <Button
          look="primary"
          className="min-h-11"
          disabled={isBusy}
          onClick={() => ask('vaultPlace.lookAgain')}
        >
          <RefreshCw aria-hidden size="1rem" />
          {t('lookAgain')}
        </Button>
        <Button className="min-h-11" disabled={isBusy} onClick={choose}>
          <FolderOpen aria-hidden size="1rem" />
          {t('chooseVault')}
        </Button>
      </div>
      <details className="mt-6 text-sm">
        <summary className="w-fit text-ink-soft">{t('withoutTitle')}</summary>
        <p className="mt-2 text-ink-soft [overflow-wrap:anywhere]">{t('withoutText', { folder })}</p>
        <Button className="mt-2" disabled={isBusy} onClick={() => ask('vaultPlace.goWithout')}>
          {t('goWithout')}
        </Button>
      </details>
    </GatePage>
  );
}
