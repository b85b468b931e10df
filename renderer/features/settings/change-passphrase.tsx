import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { FormError } from '../../components/form-error.tsx';
import { NewPassphrase, useNewPassphrase } from '../../components/new-passphrase.tsx';
import { PassphraseField } from '../../components/passphrase-field.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { say } from '../../stores/toasts.ts';

/** A new passphrase for the vault, given the old one. */
export function ChangePassphrase({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['settings', 'app']);
  const form = useRef<HTMLFormElement>(null);
  const [current, setCurrent] = useState('');
  const next = useNewPassphrase();
  const { isBusy, error, submit, fail, clearError } = useSubmission();

  const change = (event: FormEvent) => {
    event.preventDefault();
    if (next.problem !== null) return fail(next.problem);
    return submit(async () => {
      await request('vault.changePassphrase', { current, next: next.first });
      say(t('passphraseChanged'));
      onClose();
    });
  };
  const typeAgain = () => {
    const isAboutCurrent = error?.code === 'vault.wrongPassphrase';
    form.current?.querySelectorAll('input')[isAboutCurrent ? 0 : 1]?.focus();
  };

  return (
    <Dialog title={t('changePassphrase')} description={t('changePassphraseText')} onClose={onClose}>
      <form ref={form} onSubmit={change} className="flex flex-col gap-4">
        <PassphraseField label={t('currentPassphrase')} value={current} onChange={setCurrent} autoFocus />
        <NewPassphrase typed={next} />
        <FormError form={form} error={error} typeAgain={typeAgain} onClose={clearError} />
        <DialogActions>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button type="submit" look="primary" disabled={isBusy}>
            {t('changePassphrase')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
