import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { say } from '../../stores/toasts.ts';

/** Asks to type the number of recordings, then erases them for good. */
export function EraseDialog({
  recordingIds,
  onClose,
}: {
  recordingIds: readonly string[];
  onClose: () => void;
}) {
  const { t } = useTranslation(['library', 'app']);
  const [text, setText] = useState('');
  const { isBusy, error, submit, clearError } = useSubmission();
  const count = recordingIds.length;
  const isConfirmed = text.trim() === String(count);
  const erase = (event: FormEvent) => {
    event.preventDefault();
    if (!isConfirmed) return;
    return submit(async () => {
      await request('library.erase', { ids: [...recordingIds], count });
      say(t('erased', { count }));
      onClose();
    });
  };
  return (
    <Dialog title={t('eraseTitle', { count })} description={t('eraseText')} onClose={onClose}>
      <form onSubmit={erase}>
        <Field label={t('eraseType', { number: count })}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              autoFocus
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="w-28 figures"
            />
          )}
        </Field>
        {error && (
          <div role="alert" className="mt-4">
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
