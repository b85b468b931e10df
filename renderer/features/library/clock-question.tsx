import { useTranslation } from 'react-i18next';
import type { DueView } from '../../../src/contract/retention.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { wholeDay } from '../../lib/format.ts';
import { loadRetention } from '../../stores/retention.ts';

/** Asks whether the computer's date is right; what is due is read anew before `onConfirmed`. */
export function ClockQuestion({
  nowMs,
  latestAtMs,
  onConfirmed,
  onClose,
}: Pick<DueView, 'nowMs'> &
  NonNullable<DueView['clockDoubt']> & {
    onConfirmed: () => void;
    onClose: () => void;
  }) {
  const { t } = useTranslation('retention');
  const language = useLanguage();
  const { isBusy, error, submit, clearError } = useSubmission();
  const confirm = () =>
    submit(async () => {
      await request('retention.confirmClock');
      await loadRetention();
      onConfirmed();
    });
  const days = { today: wholeDay(nowMs, language), latest: wholeDay(latestAtMs, language) };
  const text = t(latestAtMs > nowMs ? 'clockBack' : 'clockJumped', days);
  return (
    <Dialog title={t('clockTitle')} description={text} onClose={onClose}>
      <p className="text-sm text-ink-soft">{t('clockUntil')}</p>
      {error !== null && (
        <div role="alert">
          <ErrorNotice error={error} onClose={clearError} />
        </div>
      )}
      <DialogActions>
        <Button onClick={onClose}>{t('later')}</Button>
        <Button look="primary" disabled={isBusy} onClick={() => void confirm()}>
          {t('clockRight')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
