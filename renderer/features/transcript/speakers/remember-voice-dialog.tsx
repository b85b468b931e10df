import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Field, TextInput } from '../../../components/field.tsx';
import { useSubmission } from '../../../components/use-submission.ts';
import { VoiceExpiryField } from '../../../components/voice-expiry-field.tsx';
import { request } from '../../../lib/client.ts';
import { endAfterMonths, KEEPING_MONTHS } from '../../../lib/voice-expiry.ts';
import { useLibrary } from '../../../stores/library.ts';
import { useMatters } from '../../../stores/matters.ts';
import { say } from '../../../stores/toasts.ts';

/** A name that the machine gave. */
const NUMBERED = /\d+$/;

/** Asks whether a speaker's voice is to be remembered, and says what that means. */
export function RememberVoiceDialog({
  recordingId,
  speaker,
  onRename,
  onClose,
}: {
  recordingId: string;
  speaker: string;
  /** The speaker's name in the text is another now. */
  onRename: (name: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('voices');
  const matterId = useLibrary((store) => store.recordings.get(recordingId)?.matterId ?? null);
  const matter = useMatters(({ matters }) => matters.find(({ id }) => id === matterId));
  const [name, setName] = useState(NUMBERED.test(speaker) ? '' : speaker);
  const [nowMs] = useState(() => Date.now());
  const [expiresAtMs, setExpiry] = useState<number | null>(() => endAfterMonths(nowMs, KEEPING_MONTHS[0]));
  const { isBusy, error, submit, clearError } = useSubmission();
  const trimmed = name.trim();
  const title = t('rememberTitle', { speaker });
  if (matter === undefined) {
    return (
      <Dialog title={title} description={t('noMatter')} onClose={onClose}>
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </DialogActions>
      </Dialog>
    );
  }
  const remember = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed === '') return;
    return submit(async () => {
      await request('voices.remember', { recordingId, speaker, name: trimmed, expiresAtMs });
      if (trimmed !== speaker) onRename(trimmed);
      say(t('remembered', { name: trimmed }));
      onClose();
    });
  };
  return (
    <Dialog
      title={title}
      description={t('rememberText', { matter: matter.name })}
      onClose={onClose}
      width="wide"
    >
      <form onSubmit={remember} className="flex flex-col gap-4 text-sm">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('name')}>
            {(ids) => (
              <TextInput
                {...ids}
                autoFocus
                maxLength={100}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <VoiceExpiryField
            label={t('until')}
            expiresAtMs={expiresAtMs}
            fromMs={nowMs}
            onChange={setExpiry}
          />
        </div>
        <section aria-label={t('factsTitle')} className="rounded-lg border border-line px-4 py-3">
          <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
            {(['what', 'where', 'end', 'consent'] as const).map((fact) => (
              <div key={fact}>
                <dt className="font-medium">{t(`${fact}Title`)}</dt>
                <dd className="text-ink-soft">{t(fact)}</dd>
              </div>
            ))}
          </dl>
        </section>
        {error !== null && (
          <div role="alert">
            <ErrorNotice error={error} onClose={clearError} />
          </div>
        )}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={trimmed === '' || isBusy}>
            {t('rememberNow')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
