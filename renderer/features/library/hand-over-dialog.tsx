import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { DoneNotice } from '../../components/done-notice.tsx';
import { FormError } from '../../components/form-error.tsx';
import { NewPassphrase, useNewPassphrase } from '../../components/new-passphrase.tsx';
import { TickLine } from '../../components/tick-line.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { useMatters } from '../../stores/matters.ts';
import { useKnownVoices } from '../../stores/voices.ts';
import { HandOverWork } from './hand-over-work.tsx';

/** Writes a matter into a sealed file of its own passphrase, in a folder that the user chooses. */
export function HandOverDialog({ matterId, onClose }: { matterId: string; onClose: () => void }) {
  const { t } = useTranslation(['handOver', 'app']);
  const name = useMatters(({ matters }) => matters.find(({ id }) => id === matterId)?.name ?? '');
  const voices = useKnownVoices(matterId)?.length ?? 0;
  const form = useRef<HTMLFormElement>(null);
  const typed = useNewPassphrase();
  const [withVoices, setWithVoices] = useState(false);
  const [isStopped, setStopped] = useState(false);
  const [made, setMade] = useState<{ file: string; recordings: number } | null>(null);
  const { isBusy, error, submit, fail, clearError } = useSubmission();
  const handOver = (event: FormEvent) => {
    event.preventDefault();
    if (typed.problem !== null) return fail(typed.problem);
    return submit(async () => {
      const done = await request('handOver.write', { matterId, passphrase: typed.first, withVoices });
      setStopped(done === 'stopped');
      if (typeof done === 'object') setMade(done);
    });
  };
  if (made !== null) {
    return (
      <Dialog title={t('title', { name })} onClose={onClose}>
        <DoneNotice title={t('done', { count: made.recordings })}>
          <p className="text-ink-soft select-text">{made.file}</p>
          <p className="text-ink-soft">{t('apart')}</p>
        </DoneNotice>
        <DialogActions>
          <Button look="primary" onClick={onClose}>
            {t('app:close')}
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t('title', { name })}
      {...(isBusy ? {} : { description: t('text') })}
      onClose={() => !isBusy && onClose()}
    >
      {isBusy ? (
        <HandOverWork label={t('writing')} />
      ) : (
        <form ref={form} onSubmit={handOver} className="flex flex-col gap-4">
          <NewPassphrase typed={typed} label={t('passphrase')} autoFocus />
          {voices > 0 && (
            <TickLine
              label={t('withVoices', { count: voices })}
              checked={withVoices}
              onChange={setWithVoices}
            />
          )}
          <p role="status" className="empty:hidden">
            {isStopped && t('stopped')}
          </p>
          <FormError
            form={form}
            error={error}
            typeAgain={() => form.current?.querySelector('input')?.focus()}
            onClose={clearError}
          />
          <DialogActions>
            <Button onClick={onClose}>{t('app:cancel')}</Button>
            <Button type="submit" look="primary">
              {t('choose')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
