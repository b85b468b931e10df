import { Circle, KeyRound } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { FormError } from '../../components/form-error.tsx';
import { PassphraseField } from '../../components/passphrase-field.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { takeAppState, useApp } from '../../stores/app.ts';
import { GatePage } from './gate-page.tsx';
import { MoveEnd } from './move-end.tsx';
import { RecoverForm } from './recover-form.tsx';
import { RestoreOver } from './restore-backup.tsx';

/** Unlocks an existing vault: by passphrase, or by recovery key. */
export function Unlock() {
  const [way, setWay] = useState<'passphrase' | 'recoveryKey'>('passphrase');
  return way === 'passphrase' ? (
    <UnlockForm onForgotten={() => setWay('recoveryKey')} />
  ) : (
    <RecoverForm onBack={() => setWay('passphrase')} />
  );
}

function UnlockForm({ onForgotten }: { onForgotten: () => void }) {
  const { t } = useTranslation('unlock');
  const state = useApp((store) => store.state);
  const form = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [passphrase, setPassphrase] = useState('');
  const { isBusy, error, submit, clearError } = useSubmission();
  const waitSeconds = useCountdown(state?.passphraseDelayMs ?? 0);

  const unlock = (event: FormEvent) => {
    event.preventDefault();
    if (waitSeconds > 0 || passphrase === '') return input.current?.focus();
    return submit(async () => {
      try {
        takeAppState(await request('vault.unlock', { passphrase }));
      } catch (thrown) {
        // A wrong passphrase changes the next one's delay.
        takeAppState(await request('app.state'));
        input.current?.select();
        throw thrown;
      }
    });
  };
  const unlockWithKeychain = () =>
    submit(async () => takeAppState(await request('vault.unlockWithKeychain')));
  const typeAgain = () => {
    input.current?.focus();
    input.current?.select();
  };

  return (
    <GatePage>
      <form ref={form} onSubmit={unlock} className="flex flex-col gap-4">
        <div>
          <h1 className="text-2xl font-semibold">{t('unlockTitle')}</h1>
          {state?.recording && (
            <p role="status" className="mt-2 flex items-center gap-2">
              <Circle aria-hidden size="0.75rem" fill="currentColor" className="recording-dot text-danger" />
              {t('unlockRecording')}
            </p>
          )}
          <p role="status" className="mt-2 text-ink-soft empty:hidden">
            {state?.unsaved
              ? t('unlockUnsaved', { count: state.unsaved.letters })
              : state?.working && !state.recording && t('unlockWorking')}
          </p>
          <p role="status" className="mt-2 text-ink-soft empty:hidden">
            {state !== null && state.waitingFiles > 0 && t('unlockFiles', { count: state.waitingFiles })}
          </p>
        </div>
        {state?.moved && <MoveEnd moved={state.moved} />}
        <PassphraseField
          ref={input}
          label={t('passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          autoFocus
        />
        <FormError form={form} error={error} typeAgain={typeAgain} onClose={clearError} />
        <Button type="submit" look="primary" disabled={isBusy || waitSeconds > 0} className="min-h-11">
          {isBusy ? t('unlocking') : waitSeconds > 0 ? t('wait', { count: waitSeconds }) : t('unlock')}
        </Button>
        {state?.keychainOffered && (
          <Button onClick={unlockWithKeychain} disabled={isBusy} className="min-h-11">
            <KeyRound aria-hidden size="1rem" />
            {t('useKeychain')}
          </Button>
        )}
        <Button look="plain" onClick={onForgotten}>
          {t('forgotten')}
        </Button>
        <RestoreOver />
      </form>
    </GatePage>
  );
}

/** Whole seconds left of a delay that restarts whenever a new one is set. */
function useCountdown(delayMs: number): number {
  const [untilMs, setUntilMs] = useState(0);
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    setUntilMs(Date.now() + delayMs);
    setNowMs(Date.now());
  }, [delayMs]);
  const isWaiting = untilMs > nowMs;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => setNowMs(Date.now()), 200);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return isWaiting ? Math.ceil((untilMs - nowMs) / 1000) : 0;
}
