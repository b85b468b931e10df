import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Field, TextArea } from '../../components/field.tsx';
import { FormError } from '../../components/form-error.tsx';
import { NewPassphrase, useNewPassphrase } from '../../components/new-passphrase.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { takeAppState } from '../../stores/app.ts';
import { GatePage } from './gate-page.tsx';

/** Unlocks without the passphrase: the recovery key, and a new passphrase. */
export function RecoverForm({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('unlock');
  const form = useRef<HTMLFormElement>(null);
  const [recoveryKey, setRecoveryKey] = useState('');
  const typed = useNewPassphrase();
  const { isBusy, error, submit, fail, clearError } = useSubmission();
  const groupsTyped = recoveryKey.split(/[\s\-\u2010-\u2015]+/u).filter(Boolean).length;

  const recover = (event: FormEvent) => {
    event.preventDefault();
    if (typed.problem !== null) return fail(typed.problem);
    return submit(async () => {
      await request('vault.recover', { recoveryKey, passphrase: typed.first });
      takeAppState(await request('app.state'));
    });
  };
  const typeAgain = () => {
    const isAboutPassphrase = error?.code.startsWith('vault.passphrase') ?? false;
    form.current?.querySelector<HTMLElement>(isAboutPassphrase ? 'input' : 'textarea')?.focus();
  };

  return (
    <GatePage>
      <form ref={form} onSubmit={recover} className="flex flex-col gap-4">
        <div>
          <h1 className="text-2xl font-semibold">{t('recoverTitle')}</h1>
          <p className="mt-2 text-ink-soft">{t('recoverWhy')}</p>
        </div>
        <Field
          label={t('recoveryKey')}
          hint={groupsTyped === 0 ? t('recoveryKeyHint') : t('groupsTyped', { count: groupsTyped })}
        >
          {(ids) => (
            <TextArea
              {...ids}
              autoFocus
              value={recoveryKey}
              onChange={(event) => setRecoveryKey(event.target.value)}
              spellCheck={false}
              autoCapitalize="characters"
              className="font-mono tracking-wider uppercase"
            />
          )}
        </Field>
        <NewPassphrase typed={typed} />
        <FormError form={form} error={error} typeAgain={typeAgain} onClose={clearError} />
        <Button type="submit" look="primary" disabled={isBusy} className="min-h-11">
          {t('recover')}
        </Button>
        <Button look="plain" onClick={onBack}>
          {t('backToUnlock')}
        </Button>
        <details className="text-sm text-ink-soft">
          <summary className="w-fit">{t('lostBothTitle')}</summary>
          <p className="mt-1">{t('lostBoth')}</p>
        </details>
      </form>
    </GatePage>
  );
}
