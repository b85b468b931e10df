import { type FormEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { FormError } from '../../components/form-error.tsx';
import { focusMistyped, TypedGroupFields, useTypedGroups } from '../../components/typed-groups.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { takeAppState, useApp } from '../../stores/app.ts';
import { tellError } from '../../stores/toasts.ts';
import { GatePage } from './gate-page.tsx';

/** Asks for two groups of the new key, to verify that the user has it. */
export function TypeBack({ count, onShowAgain }: { count: number; onShowAgain: () => void }) {
  const { t } = useTranslation('unlock');
  const isFirst = useApp(({ state }) => state?.vaultExists === false);
  const form = useRef<HTMLFormElement>(null);
  const typed = useTypedGroups(count);
  const { isBusy, error, submit, clearError } = useSubmission();

  const confirm = (event: FormEvent) => {
    event.preventDefault();
    return submit(async () => {
      try {
        takeAppState(await request('vault.confirm', { groups: typed.groups }));
      } catch (thrown) {
        // The vault is open, and this form unmounted: the keychain did not accept its secret.
        if (useApp.getState().state?.phase !== 'open') throw thrown;
        tellError(thrown);
      }
    });
  };

  return (
    <GatePage>
      <form ref={form} onSubmit={confirm} className="flex flex-col gap-4">
        <div>
          <h1 className="text-2xl font-semibold">{t('keyBack')}</h1>
          <p className="mt-2 text-ink-soft">{t('keyBackWhy')}</p>
        </div>
        <TypedGroupFields typed={typed} error={error} />
        <FormError
          form={form}
          error={error}
          typeAgain={() => focusMistyped(form, typed, error)}
          onClose={clearError}
        />
        <Button type="submit" look="primary" disabled={isBusy} className="min-h-11">
          {isFirst ? t('finishVault') : t('finishRecovery')}
        </Button>
        <Button look="plain" onClick={onShowAgain}>
          {t('keyShowAgain')}
        </Button>
      </form>
    </GatePage>
  );
}
