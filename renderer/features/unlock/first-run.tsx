import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { FormError } from '../../components/form-error.tsx';
import { NewPassphrase, useNewPassphrase } from '../../components/new-passphrase.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { takeAppState, useApp } from '../../stores/app.ts';
import { GatePage } from './gate-page.tsx';
import { Promises } from './promises.tsx';
import { RestoreBackup } from './restore-backup.tsx';

/** The first screen: the promises, and the passphrase of the new vault. */
export function FirstRun() {
  const { t } = useTranslation('unlock');
  const state = useApp((store) => store.state);
  const form = useRef<HTMLFormElement>(null);
  const typed = useNewPassphrase();
  const [withKeychain, setWithKeychain] = useState(false);
  const { isBusy, error, submit, fail, clearError } = useSubmission();

  const begin = (event: FormEvent) => {
    event.preventDefault();
    if (typed.problem !== null) return fail(typed.problem);
    return submit(async () => {
      await request('vault.begin', { passphrase: typed.first, withKeychain });
      takeAppState(await request('app.state'));
    });
  };
  const typeAgain = () => form.current?.querySelector('input')?.focus();

  return (
    <GatePage aside={<Promises />}>
      <form ref={form} onSubmit={begin} className="flex flex-col gap-4">
        <div>
          <h2 className="text-xl font-semibold">{t('makeVault')}</h2>
          <p className="mt-1 text-ink-soft">{t('makeVaultWhy')}</p>
        </div>
        <NewPassphrase typed={typed} autoFocus />
        {state !== null && state.keychain !== 'unavailable' && (
          <KeychainChoice checked={withKeychain} onChange={setWithKeychain} />
        )}
        <FormError form={form} error={error} typeAgain={typeAgain} onClose={clearError} />
        <Button type="submit" look="primary" disabled={isBusy} className="min-h-11">
          {t('continue')}
        </Button>
        <p className="text-sm text-ink-soft [overflow-wrap:anywhere]">
          {t('vaultPlace', { folder: state?.vaultFolder ?? '' })}
        </p>
      </form>
      <RestoreBackup />
    </GatePage>
  );
}

/** Whether the system's keychain may open the vault too, and what that means. */
function KeychainChoice({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const { t } = useTranslation('settings');
  const id = useId();
  return (
    <div className="flex gap-2.5 text-sm">
      <Checkbox
        id={id}
        aria-describedby={`${id}hint`}
        checked={checked}
        onCheckedChange={(state) => onChange(state === true)}
      />
      <div>
        <label htmlFor={id}>{t('keychain')}</label>
        <p id={`${id}hint`} className="text-ink-soft">
          {t('keychainHint')}
        </p>
      </div>
    </div>
  );
}
