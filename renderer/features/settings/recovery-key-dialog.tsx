import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { FormError } from '../../components/form-error.tsx';
import { PassphraseField } from '../../components/passphrase-field.tsx';
import { RecoveryKeyGroups } from '../../components/recovery-key-groups.tsx';
import { focusMistyped, TypedGroupFields, useTypedGroups } from '../../components/typed-groups.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { useApp } from '../../stores/app.ts';
import { attempt, say } from '../../stores/toasts.ts';

/** A new recovery key for the vault: asks for the passphrase, shows the key, and has two groups of it typed back. */
export function RecoveryKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('keeping');
  const folder = useApp(({ state }) => state?.vaultFolder ?? '');
  const [groups, setGroups] = useState<readonly string[]>([]);
  const [step, setStep] = useState<'ask' | 'show' | 'typeBack'>('ask');
  const giveUp = () => {
    if (step !== 'ask') {
      attempt(() => request('vault.cancelRenewal'));
      // A user who has written the new key down must not believe that it opens.
      say(t('keyGivenUp'));
    }
    onClose();
  };
  const done = () => {
    say(t('keyRenewed'));
    onClose();
  };
  return (
    <Dialog
      title={t('keyTitle')}
      {...(step === 'ask' ? { description: t('keyText') } : {})}
      onClose={giveUp}
      width={step === 'show' ? 'wide' : 'narrow'}
    >
      {step === 'ask' && (
        <AskPassphrase
          onClose={giveUp}
          onMade={(made) => {
            setGroups(made);
            setStep('show');
          }}
        />
      )}
      {step === 'show' && (
        <div className="@container">
          <p className="text-ink-soft">{t('keyHoldsLater')}</p>
          <RecoveryKeyGroups groups={groups} folder={folder} />
          <DialogActions>
            <GiveUp onClick={giveUp} />
            <Button look="primary" onClick={() => setStep('typeBack')}>
              {t('keyWritten')}
            </Button>
          </DialogActions>
        </div>
      )}
      {step === 'typeBack' && (
        <TypeBack count={groups.length} onShowAgain={() => setStep('show')} onDone={done} />
      )}
    </Dialog>
  );
}

function GiveUp({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('app');
  return <Button onClick={onClick}>{t('cancel')}</Button>;
}

function AskPassphrase({
  onClose,
  onMade,
}: {
  onClose: () => void;
  onMade: (groups: readonly string[]) => void;
}) {
  const { t } = useTranslation(['keeping', 'unlock']);
  const form = useRef<HTMLFormElement>(null);
  const [passphrase, setPassphrase] = useState('');
  const { isBusy, error, submit, clearError } = useSubmission();
  const make = (event: FormEvent) => {
    event.preventDefault();
    return submit(async () => onMade((await request('vault.beginRenewal', { passphrase })).groups));
  };
  return (
    <form ref={form} onSubmit={make} className="flex flex-col gap-4">
      <PassphraseField label={t('unlock:passphrase')} value={passphrase} onChange={setPassphrase} autoFocus />
      <FormError
        form={form}
        error={error}
        typeAgain={() => form.current?.querySelector('input')?.focus()}
        onClose={clearError}
      />
      <DialogActions>
        <GiveUp onClick={onClose} />
        <Button type="submit" look="primary" disabled={isBusy}>
          {t('keyMake')}
        </Button>
      </DialogActions>
    </form>
  );
}

function TypeBack({
  count,
  onShowAgain,
  onDone,
}: {
  count: number;
  onShowAgain: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation(['keeping', 'unlock']);
  const form = useRef<HTMLFormElement>(null);
  const typed = useTypedGroups(count);
  const { isBusy, error, submit, clearError } = useSubmission();
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    return submit(async () => {
      await request('vault.confirmRenewal', { groups: typed.groups });
      onDone();
    });
  };
  return (
    <form ref={form} onSubmit={confirm} className="flex flex-col gap-4">
      <p className="text-ink-soft">{t('unlock:keyBackWhy')}</p>
      <TypedGroupFields typed={typed} error={error} />
      <FormError
        form={form}
        error={error}
        typeAgain={() => focusMistyped(form, typed, error)}
        onClose={clearError}
      />
      <DialogActions>
        <Button onClick={onShowAgain}>{t('unlock:keyShowAgain')}</Button>
        <Button type="submit" look="primary" disabled={isBusy}>
          {t('keyConfirm')}
        </Button>
      </DialogActions>
    </form>
  );
}
