import { Printer, Save } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSubmission } from '../../components/use-submission.ts';
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
  const [isSaved, setSaved] = useState(false);
  const { error, submit, clearError } = useSubmission();
  const save = () =>
    submit(async () => {
      const { saved } = await request('vault.saveRecoveryKey');
      setSaved(saved);
    });
  const goBack = () => attempt(async () => takeAppState(await request('vault.back')));
  return (
    <GatePage>
      <h1 className="text-2xl font-semibold">{t('keyTitle')}</h1>
      <p className="mt-2 text-ink-soft">{t('keyWhy')}</p>
      <ol className="my-5 grid grid-cols-3 gap-x-4 gap-y-2.5 rounded-lg border border-line bg-surface p-4 @lg:grid-cols-4">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is known by its place in the key
          <li key={index} className="flex items-baseline gap-2">
            <span className="w-5 text-right text-xs text-ink-soft figures">{index + 1}</span>
            <code className="font-mono text-base tracking-wider select-text">{group}</code>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => window.print()}>
          <Printer aria-hidden size="1rem" />
          {t('keyPrint')}
        </Button>
        <Button onClick={save}>
          <Save aria-hidden size="1rem" />
          {t('keySave')}
        </Button>
      </div>
      <p role="status" className="mt-3 text-sm text-ink-soft">
        {isSaved ? t('keySaved') : t('keyWhere')}
      </p>
      {error && (
        <div role="alert" className="mt-4">
          <ErrorNotice error={error} remedies={{ chooseFolder: save, retry: save }} onClose={clearError} />
        </div>
      )}
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
      <PrintedKey groups={groups} folder={folder} />
    </GatePage>
  );
}

/** What comes out of the printer; never on the screen. */
function PrintedKey({ groups, folder }: { groups: readonly string[]; folder: string }) {
  const { t } = useTranslation('unlock');
  return (
    <div data-print-sheet className="hidden print:block">
      <p className="text-2xl font-semibold">{t('keySheetTitle')}</p>
      <p className="mt-4">{t('keySheetUse', { folder })}</p>
      <p className="mt-8 font-mono text-xl leading-loose tracking-wider">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is known by its place in the key
          <span key={index} className="mr-6 inline-block whitespace-nowrap">
            <small>{index + 1}.</small> {group}
          </span>
        ))}
      </p>
    </div>
  );
}
