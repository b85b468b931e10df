import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { answerText, foundPercent } from '../../stores/existing-texts.ts';
import { useLibrary } from '../../stores/library.ts';

/** Tells that a text does not fit its recording, and asks whether to add it anyway. Closing it leaves the text waiting. */
export function UnlikeTextDialog({ recordingId, onClose }: { recordingId: string; onClose: () => void }) {
  const { t } = useTranslation('texts');
  const recording = useLibrary(({ recordings }) => recordings.get(recordingId));
  const { isBusy, error, submit, clearError } = useSubmission();
  const waiting = recording?.waitingText;
  if (recording === undefined || waiting?.fit == null) return null;
  const answer = (isWanted: boolean) =>
    submit(async () => {
      await answerText(recordingId, isWanted);
      onClose();
    });
  const about = t('unlike', { file: waiting.name, percent: foundPercent(waiting.fit) });
  return (
    <Dialog title={t('unlikeTitle', { name: recording.name })} description={about} onClose={onClose}>
      <p className="text-sm text-ink-soft">{t('unlikeWhat')}</p>
      {error !== null && (
        <div role="alert" className="mt-4">
          <ErrorNotice error={error} onClose={clearError} />
        </div>
      )}
      <DialogActions>
        <Button disabled={isBusy} onClick={() => answer(true)}>
          {t('addAnyway')}
        </Button>
        <Button look="primary" disabled={isBusy} onClick={() => answer(false)}>
          {t('forget')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
