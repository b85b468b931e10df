import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { FormError } from '../../components/form-error.tsx';
import { PassphraseField } from '../../components/passphrase-field.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { showScope } from '../../stores/navigation.ts';
import { say } from '../../stores/toasts.ts';
import { HandOverWork } from './hand-over-work.tsx';

/** Takes in a matter from a file that the user chooses, or has dropped or opened, by the file's passphrase. */
export function ReceiveMatterDialog({
  offered,
  onClose,
}: {
  /** The file that was dropped or opened, and how many others were left. */
  offered: { readonly name: string; readonly others: number } | null;
  onClose: () => void;
}) {
  const { t } = useTranslation(['handOver', 'app']);
  const form = useRef<HTMLFormElement>(null);
  const [file, setFile] = useState<string | null>(offered?.name ?? null);
  const [passphrase, setPassphrase] = useState('');
  const [isStopped, setStopped] = useState(false);
  const choosing = useSubmission();
  const { isBusy, error, submit, clearError } = useSubmission();
  const choose = () =>
    choosing.submit(async () => {
      const { name } = await request('handOver.choose');
      if (name !== null) setFile(name);
      clearError();
    });
  const receive = (event: FormEvent) => {
    event.preventDefault();
    return submit(async () => {
      const done = await request('handOver.receive', { passphrase });
      setStopped(done === 'stopped');
      if (done === 'stopped') return;
      say(t('received', { name: done.name, count: done.recordings }));
      showScope({ kind: 'matter', id: done.matterId });
      onClose();
    });
  };
  return (
    <Dialog
      title={t('receiveTitle')}
      {...(isBusy ? {} : { description: t('receiveText') })}
      onClose={() => !isBusy && onClose()}
    >
      {isBusy ? (
        <HandOverWork label={t('receiving')} />
      ) : (
        <form ref={form} onSubmit={receive} className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center gap-3">
            <Button onClick={choose}>{t('chooseFile')}</Button>
            <p role="status" className="min-w-0 text-sm text-ink-soft [overflow-wrap:anywhere]">
              {file ?? t('noFile')}
            </p>
          </div>
          {offered !== null && offered.others > 0 && (
            <p className="text-sm text-ink-soft">{t('others', { count: offered.others })}</p>
          )}
          {file !== null && (
            <PassphraseField
              label={t('filePassphrase')}
              value={passphrase}
              onChange={setPassphrase}
              autoFocus
            />
          )}
          <p role="status" className="empty:hidden">
            {isStopped && t('stopped')}
          </p>
          <FormError
            form={form}
            error={error ?? choosing.error}
            typeAgain={() => form.current?.querySelector('input')?.focus()}
            onClose={clearError}
          />
          <DialogActions>
            <Button onClick={onClose}>{t('app:cancel')}</Button>
            <Button type="submit" look="primary" disabled={file === null || passphrase === ''}>
              {t('receive')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
