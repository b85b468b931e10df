import { Circle, CircleCheck, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BIN_DAYS } from '../../../src/contract/bin.ts';
import type { CaptureView } from '../../../src/contract/capture.ts';
import { isRecording } from '../../../src/contract/capture-states.ts';
import { errorOf } from '../../../src/contract/errors.ts';
import type { JobView, RecordingView } from '../../../src/contract/views.ts';
import { describeError } from '../../../src/messages/describe-error.ts';
import { readyMinute } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { clockLength, clockTime, fullDate, percentage } from '../../lib/format.ts';
import { useCaptureOf, useCaptures } from '../../stores/captures.ts';
import { useJobs } from '../../stores/jobs.ts';
import { queuePlace, useLibrary } from '../../stores/library.ts';
import { actOnJob, readAgain, revealSource, transcribe } from '../../stores/library-actions.ts';
import { keepUnfinished, stopRecording } from '../../stores/recording-actions.ts';
import { useRetention } from '../../stores/retention.ts';
import { attempt } from '../../stores/toasts.ts';
import { OptionChips } from './option-chips.tsx';
import { ReadyLine } from './ready-line.tsx';
import { SafeNotice } from './safe-notice.tsx';
import { WaitingText } from './waiting-text.tsx';

const DAY_MS = 86_400_000;

const WORDLESS = { noSpeech: 'noSpeech', notUnderstood: 'noWords' } as const;

/** A row's text below its name: progress, errors, remedies. */
export function RowStatus({ recording, tabIndex }: { recording: RecordingView; tabIndex: number }) {
  const capture = useCaptureOf(recording.id);
  const isUnfinished = useCaptures(({ unfinished }) =>
    unfinished.some(({ recordingId }) => recordingId === recording.id),
  );
  if (recording.binnedAtMs !== null) {
    return <BinnedStatus binnedAtMs={recording.binnedAtMs} matterId={recording.matterId} />;
  }
  if (capture !== null) return <RecordedStatus capture={capture} tabIndex={tabIndex} />;
  if (isUnfinished) return <UnfinishedStatus recordingId={recording.id} tabIndex={tabIndex} />;
  return (
    <>
      <JoinedOf parts={recording.parts} />
      <WorkStatus recording={recording} tabIndex={tabIndex} />
      <WaitingText recording={recording} tabIndex={tabIndex} />
      <SafeNotice recording={recording} tabIndex={tabIndex} />
    </>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-soft">
      {children}
    </div>
  );
}

/** What is being recorded: since when, and how to end it. */
function RecordedStatus({ capture, tabIndex }: { capture: CaptureView; tabIndex: number }) {
  const { t } = useTranslation('record');
  const { id, state, durationMs } = capture;
  const isKept = isRecording(state);
  return (
    <Line>
      {isKept && (
        <Circle aria-hidden size="0.6875rem" fill="currentColor" className="recording-dot text-danger" />
      )}
      <span className={isKept ? 'font-medium text-danger' : 'font-medium text-ink'}>
        {t(`state_${state}`)}
      </span>
      <span className="text-ink figures">{clockLength(Math.floor(durationMs / 1000) * 1000)}</span>
      {state !== 'finishing' && (
        <Button size="small" tabIndex={tabIndex} onClick={() => attempt(() => stopRecording(id))}>
          <Square aria-hidden size="0.75rem" fill="currentColor" />
          {t('stop')}
        </Button>
      )}
    </Line>
  );
}

/** A recording that was interrupted, and about which is not decided yet. */
function UnfinishedStatus({ recordingId, tabIndex }: { recordingId: string; tabIndex: number }) {
  const { t } = useTranslation('record');
  const durationMs = useCaptures(
    ({ unfinished }) => unfinished.find((one) => one.recordingId === recordingId)?.durationMs ?? 0,
  );
  return (
    <Line>
      <span className="text-warning">{t('unfinishedRow', { length: clockLength(durationMs) })}</span>
      <Button size="small" tabIndex={tabIndex} onClick={() => attempt(() => keepUnfinished(recordingId))}>
        {t('unfinishedKeep')}
      </Button>
    </Line>
  );
}

/** The files a recording was joined from, with their start times. */
function JoinedOf({ parts }: { parts: RecordingView['parts'] }) {
  const { t } = useTranslation('library');
  if (parts.length === 0) return null;
  const files = parts.map(({ name, startMs }) => `${name} (${clockLength(startMs)})`).join(', ');
  return <Truncated text={t('joinedOf', { count: parts.length, files })} className="text-sm text-ink-soft" />;
}

function BinnedStatus({ binnedAtMs, matterId }: { binnedAtMs: number; matterId: string | null }) {
  const { t } = useTranslation('library');
  const language = useLanguage();
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(
    binnedAtMs + BIN_DAYS * DAY_MS,
  );
  const isHeld = useRetention(
    ({ view }) => matterId !== null && view?.heldMatterIds.includes(matterId) === true,
  );
  return <Line>{isHeld ? t('keptByHold') : t('erasedOn', { date })}</Line>;
}

function WorkStatus({ recording, tabIndex }: { recording: RecordingView; tabIndex: number }) {
  const { t } = useTranslation('library');
  const language = useLanguage();
  const { job } = recording;
  if (recording.importFailure !== null) {
    return <ImportFailure recording={recording} failure={recording.importFailure} />;
  }
  if (job === null) {
    return <Line>{recording.state === 'importing' ? t('stage_import') : t('onlyImported')}</Line>;
  }
  switch (job.state) {
    case 'running':
      return <Running recording={recording} job={job} tabIndex={tabIndex} />;
    case 'queued':
      return (
        <>
          <Line>
            <RangeNote job={job} />
            <span>
              {recording.state === 'importing' ? t('stage_import') : <QueuePlace position={job.position} />}
            </span>
            <OptionChips recording={recording} tabIndex={tabIndex} />
          </Line>
          <ReadyLine recording={recording} job={job} tabIndex={tabIndex} />
        </>
      );
    case 'paused':
      return (
        <>
          <Line>
            <RangeNote job={job} />
            <span>{t('paused')}</span>
            <OptionChips recording={recording} tabIndex={tabIndex} />
          </Line>
          <ReadyLine recording={recording} job={job} tabIndex={tabIndex} />
        </>
      );
    case 'waiting':
      return (
        <>
          <Failure recording={recording} job={job} />
          <p className="pl-7.5 text-sm text-ink-soft">
            {job.retryAtMs === null
              ? t('waiting')
              : t('waitingUntil', { time: clockTime(job.retryAtMs, Date.now(), language) })}
          </p>
        </>
      );
    case 'failed':
      return (
        <>
          <FailedRangeNote job={job} />
          <Failure recording={recording} job={job} />
        </>
      );
    case 'cancelled':
      return <Line>{t('cancelled')}</Line>;
    case 'done':
      return (
        <>
          {recording.wordless && <Line>{t(WORDLESS[recording.wordless])}</Line>}
          {recording.state === 'incomplete' && (
            <Line>
              <span className="text-warning">{t('incomplete')}</span>
            </Line>
          )}
        </>
      );
  }
}

/** A queued job's position: 1 is next. */
function QueuePlace({ position }: { position: number }) {
  const { t } = useTranslation('library');
  const place = useLibrary(({ recordings }) => queuePlace(recordings, position));
  return t('queued', { place });
}

function Running({ recording, job, tabIndex }: { recording: RecordingView; job: JobView; tabIndex: number }) {
  const { t } = useTranslation('library');
  const language = useLanguage();
  const progress = useJobs((store) => store.progress[job.id]) ?? job.progress;
  const heard = useJobs((store) => store.heard[job.id]);
  const percent = progress?.percent ?? null;
  const stage = progress?.stage ?? 'load';
  const waitsForRoom = job.hindrance?.code === 'disk.full';
  return (
    <>
      <Line>
        <RangeNote job={job} />
        {(job.range === null || stage !== 'transcribe' || waitsForRoom) && (
          <span>{waitsForRoom ? t('waitsForRoom') : t('stage', { context: stage })}</span>
        )}
        {percent !== null && <span className="text-ink figures">{percentage(percent / 100, language)}</span>}
        {progress?.readyAtMs != null && !waitsForRoom && (
          <span>
            {t('readyAt', { time: clockTime(readyMinute(progress.readyAtMs), Date.now(), language) })}
          </span>
        )}
        <OptionChips recording={recording} tabIndex={tabIndex} />
      </Line>
      <ProgressBar
        className="my-1.5 max-w-[75ch]"
        label={t('progressOf', { name: recording.name })}
        percent={percent}
      />
      {job.hindrance !== null && <Hindrance failure={job.hindrance} />}
      {heard !== undefined && heard !== '' && (
        <Truncated text={heard} className="max-w-[75ch] font-serif text-[0.9375rem] text-ink-soft" />
      )}
    </>
  );
}

/** Shows that a job is about a range, and which. */
function RangeNote({ job: { range } }: { job: JobView }) {
  const { t } = useTranslation('rerun');
  if (range === null) return null;
  const times = { from: clockLength(range.startMs), to: clockLength(range.endMs ?? 0) };
  return <span className="text-ink">{t(range.endMs === null ? 'workingToEnd' : 'working', times)}</span>;
}

/** A range could not be retranscribed. */
function FailedRangeNote({ job: { range } }: { job: JobView }) {
  const { t } = useTranslation('rerun');
  if (range === null) return null;
  const times = { from: clockLength(range.startMs), to: clockLength(range.endMs ?? 0) };
  return <Line>{t(range.endMs === null ? 'failedToEnd' : 'failed', times)}</Line>;
}

/** Warnings of the job, which recovers by itself: what happened, and what to do, if anything. */
function Hindrance({ failure }: { failure: NonNullable<JobView['hindrance']> }) {
  const { t } = useTranslation('library');
  const language = useLanguage();
  const { what, todo } = describeError(errorOf(failure), language);
  return (
    <p className="max-w-[75ch] text-sm text-warning">
      {what} {failure.code === 'disk.full' ? todo : t('repeatsPassage')}
    </p>
  );
}

function Failure({ recording, job }: { recording: RecordingView; job: JobView }) {
  if (job.failure === null) return null;
  const choice = job.choice;
  return (
    <ErrorNotice
      error={errorOf(job.failure)}
      remedies={{
        retry: () => actOnJob('retry', job.id),
        showSource: recording.sourceStillThere ? () => revealSource(recording.id) : undefined,
        detectLanguage: () => transcribe(recording.id, { ...choice, language: 'auto' }),
        transcribeOnly: () => transcribe(recording.id, { ...choice, translate: false }),
        close: () => actOnJob('cancel', job.id),
      }}
      onClose={() => {}}
      className="mt-1 text-sm"
    />
  );
}

/** Why a source could not be read, before any job. */
function ImportFailure({
  recording,
  failure,
}: {
  recording: RecordingView;
  failure: NonNullable<RecordingView['importFailure']>;
}) {
  return (
    <ErrorNotice
      error={errorOf(failure)}
      remedies={{
        retry: () => readAgain(recording.id),
        showSource: recording.sourceStillThere ? () => revealSource(recording.id) : undefined,
      }}
      onClose={() => {}}
      className="mt-1 text-sm"
    />
  );
}

/** A finished row's marks beside its name. */
export function DoneMark({ recording }: { recording: RecordingView }) {
  const { t } = useTranslation('library');
  const language = useLanguage();
  if (recording.job?.state !== 'done' || recording.wordless) return null;
  return (
    <CircleCheck
      role="img"
      aria-label={t('doneOn', { date: fullDate(recording.createdAtMs, language) })}
      size="0.9375rem"
      className="shrink-0 text-accent"
    />
  );
}
