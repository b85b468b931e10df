import { useTranslation } from 'react-i18next';
import type { JobView, RecordingView } from '../../../src/contract/views.ts';
import { readyMinute } from '../../../src/messages/quantities.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { clockTime } from '../../lib/format.ts';
import { type ReadyTime, readyTimes } from '../../lib/ready-times.ts';
import { useJobs } from '../../stores/jobs.ts';
import { useLibrary } from '../../stores/library.ts';
import { transcribe } from '../../stores/library-actions.ts';
import { useModels } from '../../stores/models.ts';
import { showOverlay } from '../../stores/navigation.ts';

/** More would fill the row. */
const MOST_MODELS = 4;

/**
 * Before a transcription starts: when it would be ready with each model whose speed is known, each a button that chooses it, and
 * a way to try them.
 */
export function ReadyLine({
  recording,
  job,
  tabIndex,
}: {
  recording: RecordingView;
  job: JobView;
  tabIndex: number;
}) {
  const { t } = useTranslation('trial');
  const times = useReadyTimes(recording);
  if (job.range !== null || recording.state !== 'ready') return null;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-soft">
      {times.length > 0 && (
        <ul aria-label={t('readyList')} className="contents">
          {times.slice(0, MOST_MODELS).map((time) => (
            <li key={time.model} className="min-w-0">
              <ReadyWith
                time={time}
                tabIndex={tabIndex}
                onUse={() => transcribe(recording.id, { ...job.choice, model: time.model })}
              />
            </li>
          ))}
        </ul>
      )}
      <button
        type="button"
        tabIndex={tabIndex}
        onClick={() => showOverlay({ kind: 'trial', recordingId: recording.id })}
        className="min-h-6 shrink-0 rounded-sm text-accent underline underline-offset-2 hover:text-accent-hover"
      >
        {t('open')}
      </button>
    </div>
  );
}

function ReadyWith({ time, tabIndex, onUse }: { time: ReadyTime; tabIndex: number; onUse: () => void }) {
  const { t } = useTranslation('trial');
  const language = useLanguage();
  const { model, isChosen } = time;
  const at = clockTime(readyMinute(time.readyAtMs), Date.now(), language);
  if (isChosen) return <span className="text-ink">{t('readyWith', { time: at, model })}</span>;
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-label={t('useModel', { model, time: at })}
      onClick={onUse}
      className="inline-flex min-h-6 max-w-full items-center rounded-full border border-line bg-surface px-2 text-xs wrap-anywhere hover:bg-hover hover:text-ink"
    >
      {t('readyOther', { model, time: at })}
    </button>
  );
}

function useReadyTimes(recording: RecordingView): readonly ReadyTime[] {
  const recordings = useLibrary((store) => store.recordings);
  const models = useModels((store) => store.models);
  const runningReadyAtMs = useJobs(
    ({ progress }) => Object.values(progress).find(({ readyAtMs }) => readyAtMs !== null)?.readyAtMs ?? null,
  );
  return readyTimes(recording, recordings.values(), models, { nowMs: Date.now(), runningReadyAtMs });
}
