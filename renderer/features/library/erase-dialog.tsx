import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/contract/retention.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { TickLine } from '../../components/tick-line.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { say } from '../../stores/toasts.ts';
import { CertificatesMade } from './certificates-made.tsx';

/** Asks to type the number of recordings, then erases them for good; writes a certificate on request. */
export function EraseDialog({
  recordingIds,
  onClose,
}: {
  recordingIds: readonly string[];
  onClose: () => void;
}) {
  const { t } = useTranslation(['library', 'app', 'retention']);
  const [text, setText] = useState('');
  const [isCertified, setCertified] = useState(false);
  const [withNames, setWithNames] = useState(false);
  const [made, setMade] = useState<CertificateView | null>(null);
  const { isBusy, error, submit, clearError } = useSubmission();
  const count = recordingIds.length;
  const isConfirmed = text.trim() === String(count);
  const erase = (event: FormEvent) => {
    event.preventDefault();
    if (!isConfirmed) return;
    return submit(async () => {
      const wanted = { ids: [...recordingIds], count };
      if (isCertified) setMade(await request('retention.eraseCertified', { ...wanted, withNames }));
      else await request('library.erase', wanted);
      say(t('erased', { count }));
      if (!isCertified) onClose();
    });
  };
  if (made !== null) return <CertificatesMade certificates={[made]} onClose={onClose} />;
  return (
    <Dialog title={t('eraseTitle', { count })} description={t('eraseText')} onClose={onClose}>
      <form onSubmit={erase} className="flex flex-col gap-4">
        <Field label={t('eraseType', { number: count })}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              autoFocus
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="max-w-28 figures"
            />
          )}
        </Field>
        <TickLine label={t('retention:certify')} checked={isCertified} onChange={setCertified} />
        {isCertified && (
          <TickLine label={t('retention:withNames')} checked={withNames} onChange={setWithNames} />
        )}
        {error && (
          <div role="alert">
            <ErrorNotice error={error} onClose={clearError} />
          </div>
        )}
        <DialogActions>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button type="submit" look="danger" disabled={!isConfirmed || isBusy}>
            {t('eraseNow')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
