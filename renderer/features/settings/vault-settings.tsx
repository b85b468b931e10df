import {
  ArchiveRestore,
  Copy,
  FolderInput,
  FolderOpen,
  KeyRound,
  KeySquare,
  ShieldCheck,
  Vault,
} from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { fullDate } from '../../lib/format.ts';
import { takeAppState, useApp } from '../../stores/app.ts';
import { attempt } from '../../stores/toasts.ts';
import { BackUpDialog } from './back-up-dialog.tsx';
import { ChangePassphrase } from './change-passphrase.tsx';
import { CheckVaultDialog } from './check-vault-dialog.tsx';
import { KeychainSetting } from './keychain-setting.tsx';
import { MoveVaultDialog } from './move-vault-dialog.tsx';
import { RecoveryKeyDialog } from './recovery-key-dialog.tsx';
import { RestoreBesideDialog } from './restore-beside-dialog.tsx';

type Opened = 'move' | 'restore' | 'backUp' | 'check' | 'passphrase' | 'recoveryKey';

/** The vault's location, its backup and its check, and what opens it. */
export function VaultSettings() {
  const state = useApp((store) => store.state);
  const { t } = useTranslation(['settings', 'keeping', 'vaultPlace', 'places']);
  const language = useLanguage();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [lastBackup, setLastBackup] = useState<{ readonly atMs: number | null } | null>(null);
  useEffect(() => {
    // A backup changes the last one.
    if (opened === null) attempt(async () => setLastBackup(await request('vault.lastBackup')));
  }, [opened]);
  if (state === null) return null;
  const close = () => setOpened(null);
  return (
    <>
      <VaultRow
        title={t('vaultFolder')}
        text={<span className="select-text">{state.vaultFolder}</span>}
        button={
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => attempt(() => request('app.reveal', { what: 'vault', id: null }))}>
              <FolderOpen aria-hidden size="1rem" />
              {t('places:show')}
            </Button>
            <Button onClick={() => setOpened('move')}>
              <FolderInput aria-hidden size="1rem" />
              {t('vaultPlace:moveAction')}
            </Button>
          </div>
        }
      />
      <VaultRow
        title={t('keeping:backupTitle')}
        text={
          lastBackup === null
            ? ''
            : lastBackup.atMs === null
              ? t('keeping:backupNever')
              : t('keeping:backupLast', { date: fullDate(lastBackup.atMs, language) })
        }
        button={
          <Button onClick={() => setOpened('backUp')}>
            <Copy aria-hidden size="1rem" />
            {t('keeping:backupAction')}
          </Button>
        }
      />
      <VaultRow
        title={t('vaultPlace:restoreTitle')}
        text={t('vaultPlace:restoreHint')}
        button={
          <Button onClick={() => setOpened('restore')}>
            <ArchiveRestore aria-hidden size="1rem" />
            {t('vaultPlace:restoreAction')}
          </Button>
        }
      />
      <VaultRow
        title={t('keeping:checkTitle')}
        text={t('keeping:checkHint')}
        button={
          <Button onClick={() => setOpened('check')}>
            <ShieldCheck aria-hidden size="1rem" />
            {t('keeping:checkAction')}
          </Button>
        }
      />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setOpened('passphrase')}>
          <KeyRound aria-hidden size="1rem" />
          {t('changePassphrase')}
        </Button>
        <Button onClick={() => setOpened('recoveryKey')}>
          <KeySquare aria-hidden size="1rem" />
          {t('keeping:keyAction')}
        </Button>
      </div>
      <VaultRow
        title={t('vaultPlace:otherTitle')}
        text={t('vaultPlace:otherText')}
        button={
          <Button onClick={() => attempt(async () => takeAppState(await request('vaultPlace.useOther')))}>
            <Vault aria-hidden size="1rem" />
            {t('vaultPlace:otherAction')}
          </Button>
        }
      />
      <KeychainSetting keychain={state.keychain} />
      {opened === 'move' && <MoveVaultDialog onClose={close} />}
      {opened === 'restore' && <RestoreBesideDialog onClose={close} />}
      {opened === 'backUp' && <BackUpDialog onClose={close} />}
      {opened === 'check' && <CheckVaultDialog onClose={close} />}
      {opened === 'passphrase' && <ChangePassphrase onClose={close} />}
      {opened === 'recoveryKey' && <RecoveryKeyDialog onClose={close} />}
    </>
  );
}

function VaultRow({ title, text, button }: { title: string; text: ReactNode; button: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="text-sm font-medium">{title}</p>
        <p className="text-sm text-ink-soft [overflow-wrap:anywhere]">{text}</p>
      </div>
      {button}
    </div>
  );
}
