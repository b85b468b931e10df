import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppState } from '../../../src/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Switch } from '../../components/checkbox.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { FormError } from '../../components/form-error.tsx';
import { PassphraseField } from '../../components/passphrase-field.tsx';
import { SettingRow } from '../../components/setting-row.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { takeAppState } from '../../stores/app.ts';

/** Whether the system's keychain may open the vault too; a note if the system has no reliable one. */
export function KeychainSetting({ keychain }: { keychain: AppState['keychain'] }) {
  const { t } = useTranslation('settings');
  const [isAsking, setAsking] = useState(false);
  if (keychain === 'unavailable') {
    return <p className="text-sm text-ink-soft">{t('keychainUnavailable')}</p>;
  }
  const isOn = keychain === 'on';
  return (
    <>
      <SettingRow label={t('keychain')} hint={t('keychainHint')}>
        {(ids) => <Switch {...ids} checked={isOn} onCheckedChange={() => setAsking(true)} />}
      </SettingRow>
      {isAsking && <KeychainDialog enable={!isOn} onClose={() => setAsking(false)} />}
    </>
  );
}

function KeychainDialog({ enable, onClose }: { enable: boolean; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'unlock', 'app']);
  const form = useRef<HTMLFormElement>(null);
  const [passphrase, setPassphrase] = useState('');
  const { isBusy, error, submit, clearError } = useSubmission();
  const change = (event: FormEvent) => {
    event.preventDefault();
    return submit(async () => {
      takeAppState(await request('vault.setKeychain', { enabled: enable, passphrase }));
      onClose();
    });
  };
  return (
    <Dialog
      title={t('keychain')}
      description={enable ? t('keychainEnable') : t('keychainDisable')}
      onClose={onClose}
    >
      <form ref={form} onSubmit={change} className="flex flex-col gap-4">
        <PassphraseField
          label={t('unlock:passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          autoFocus
        />
        <FormError
          form={form}
          error={error}
          typeAgain={() => form.current?.querySelector('input')?.focus()}
          onClose={clearError}
        />
        <DialogActions>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button type="submit" look="primary" disabled={isBusy}>
            {enable ? t('keychainOn') : t('keychainOff')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
