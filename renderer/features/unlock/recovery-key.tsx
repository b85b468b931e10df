import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { RecoveryKeyGroups } from '../../components/recovery-key-groups.tsx';
import { request } from '../../lib/client.ts';
import { takeAppState, useApp } from '../../stores/app.ts';
import { attempt } from '../../stores/toasts.ts';
import { GatePage } from './gate-page.tsx';
import { TypeBack } from './type-back.tsx';

/** A new recovery key: shown in its groups, printed or saved; then two groups are typed back. */
export function RecoveryKey() {
  const [groups, setGroups] = useState<readonly string[]>([]);
  const [step, setStep] = useState<'show' | 'typeBack'>('show');
  useEffect(() => {
    attempt(async () => setGroups((await request('vault.recoveryKey')).groups));
  }, []);
  return step === 'show' ? (
    <ShowKey groups={groups} onWritten={() => setStep('typeBack')} />
  ) : (
    <TypeBack count={groups.length} onShowAgain={() => setStep('show')} />
  );
}

function ShowKey({ groups, onWritten }: { groups: readonly string[]; onWritten: () => void }) {
  const { t } = useTranslation('unlock');
  const folder = useApp(({ state }) => state?.vaultFolder ?? '');
  const goBack = () => attempt(async () => takeAppState(await request('vault.back')));
  return (
    <GatePage>
      <h1 className="text-2xl font-semibold">{t('keyTitle')}</h1>
      <p className="mt-2 text-ink-soft">{t('keyWhy')}</p>
      <RecoveryKeyGroups groups={groups} folder={folder} />
      <Button
        look="primary"
        className="mt-6 min-h-11 w-full"
        onClick={onWritten}
        disabled={groups.length === 0}
      >
        {t('keyWritten')}
      </Button>
      <Button look="plain" className="mt-2 w-full" onClick={goBack}>
        {t('back')}
      </Button>
    </GatePage>
  );
}
