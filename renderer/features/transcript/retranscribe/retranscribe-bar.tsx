import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorOf } from '../../../../src/contract/errors.ts';
import type { JobView } from '../../../../src/contract/views.ts';
import { describeError } from '../../../../src/messages/describe-error.ts';
import { Button } from '../../../components/button.tsx';
import { ProgressBar } from '../../../components/progress-bar.tsx';
import { useLanguage } from '../../../components/window-facts.ts';
import { percentage } from '../../../lib/format.ts';
import { useJobs } from '../../../stores/jobs.ts';
import { useLibrary } from '../../../stores/library.ts';
import { actOnJob } from '../../../stores/library-actions.ts';
import { clock } from '../document/clock.ts';

/** Progress of the range being retranscribed; nothing if there is none. */
export function RetranscribeBar({ recordingId }: { recordingId: string }) {
  const job = useLibrary(({ recordings }) => recordings.get(recordingId)?.job ?? null);
  if (job === null || job.range === null || job.state === 'done' || job.state === 'cancelled') return null;
  if (job.failure !== null) return <FailedRetranscription job={job} range={job.range} />;
  return <RunningRetranscription job={job} range={job.range} />;
}

type Range = NonNullable<JobView['range']>;

function timesOf({ startMs, endMs }: Range): { from: string; to: string } {
  return { from: clock(startMs), to: clock(endMs ?? 0) };
}

const BAR = 'appear flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-1.5 text-sm';

function RunningRetranscription({ job, range }: { job: JobView; range: Range }) {
  const { t } = useTranslation('rerun');
  const language = useLanguage();
  const progress = useJobs((store) => store.progress[job.id]) ?? job.progress;
  const percent = job.state === 'running' ? (progress?.percent ?? null) : null;
  const sentence = t(range.endMs === null ? 'workingToEnd' : 'working', timesOf(range));
  return (
    <div data-passing className={`${BAR} bg-accent-wash`}>
      <RotateCw aria-hidden size="1rem" className="text-accent" />
      <p role="status" className="min-w-0">
        {sentence}
        {job.state === 'queued' && ` · ${t('waitsInQueue')}`}
        {job.state === 'paused' && ` · ${t('isPaused')}`}
      </p>
      <ProgressBar label={sentence} percent={percent} className="min-w-24 flex-1" />
      {percent !== null && <span className="figures">{percentage(percent / 100, language)}</span>}
      <Button size="small" onClick={() => actOnJob('cancel', job.id)}>
        {t('stop')}
      </Button>
    </div>
  );
}

function FailedRetranscription({ job, range }: { job: JobView; range: Range }) {
  const { t } = useTranslation('rerun');
  const language = useLanguage();
  if (job.failure === null) return null;
  const { what, todo } = describeError(errorOf(job.failure), language);
  return (
    <div role="alert" data-passing className={`${BAR} bg-warning-wash`}>
      <p className="min-w-0 flex-1">
        <span className="font-medium">
          {t(range.endMs === null ? 'failedToEnd' : 'failed', timesOf(range))}
        </span>{' '}
        {what} {todo}
      </p>
      <Button size="small" onClick={() => actOnJob('retry', job.id)}>
        {t('retry')}
      </Button>
      <Button size="small" look="plain" onClick={() => actOnJob('cancel', job.id)}>
        {t('giveUp')}
      </Button>
    </div>
  );
}
