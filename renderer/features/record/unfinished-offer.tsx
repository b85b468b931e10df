import { History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { UnfinishedCapture } from '../../../src/contract/capture.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { clockLength, moment } from '../../lib/format.ts';
import { dismissCapture, useCaptures } from '../../stores/captures.ts';
import { keepUnfinished } from '../../stores/recording-actions.ts';

/** Recordings that a crash or a power cut has interrupted, and what is to become of each. */
export function UnfinishedOffer() {
  const { t } = useTranslation('record');
  const unfinished = useCaptures((store) => store.unfinished);
  const dismissed = useCaptures((store) => store.dismissed);
  const open = unfinished.filter(({ recordingId }) => !dismissed.has(recordingId));
  if (open.length === 0) return null;
  return (
    <ul aria-label={t('unfinished')} data-passing className="mx-4 mb-2 flex flex-col gap-2">
      {open.map((one) => (
        <Offer key={one.recordingId} capture={one} />
      ))}
    </ul>
  );
}

function Offer({ capture: { recordingId, name, startedAtMs, durationMs } }: { capture: UnfinishedCapture }) {
  const { t } = useTranslation('record');
  const language = useLanguage();
  const { isBusy, error, submit, clearError } = useSubmission();
  const keep = () => void submit(() => keepUnfinished(recordingId));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg border border-line bg-surface py-2 pr-2 pl-3 text-sm">
      <History aria-hidden size="1.0625rem" className="shrink-0 text-warning" />
      <div className="min-w-48 flex-1">
        <p className="[overflow-wrap:anywhere]">
          {t('unfinishedWhat', { name, length: clockLength(durationMs) })}
        </p>
        <p className="text-ink-soft">{moment(startedAtMs, Date.now(), language)}</p>
      </div>
      <Button size="small" look="plain" onClick={() => dismissCapture(recordingId)}>
        {t('unfinishedLater')}
      </Button>
      <Button size="small" disabled={isBusy} onClick={keep}>
        {t('unfinishedKeep')}
      </Button>
      {error !== null && (
        <div role="alert" className="w-full">
          <ErrorNotice error={error} remedies={{ retry: keep }} onClose={clearError} />
        </div>
      )}
    </li>
  );
}
