import { useTranslation } from 'react-i18next';
import type { RecordingView } from '../../../src/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { answerText, foundPercent } from '../../stores/existing-texts.ts';
import { attempt } from '../../stores/toasts.ts';

/** The existing text that waits for a recording's transcription, or for an answer since it does not fit. */
export function WaitingText({ recording, tabIndex }: { recording: RecordingView; tabIndex: number }) {
  const { t } = useTranslation('texts');
  const { id, waitingText } = recording;
  if (waitingText == null) return null;
  const { name: file, fit } = waitingText;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-soft">
      <span className={fit === null ? '[overflow-wrap:anywhere]' : '[overflow-wrap:anywhere] text-warning'}>
        {fit === null ? t('waiting', { file }) : t('unlikeRow', { file, percent: foundPercent(fit) })}
      </span>
      {fit !== null && (
        <Button size="small" tabIndex={tabIndex} onClick={() => attempt(() => answerText(id, true))}>
          {t('addAnyway')}
        </Button>
      )}
      <Button size="small" tabIndex={tabIndex} onClick={() => attempt(() => answerText(id, false))}>
        {t('forget')}
      </Button>
    </div>
  );
}
