import { Circle, FileText, Flag, LoaderCircle, Pause, Play, Square, TriangleAlert, X } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaptureView } from '../../../src/contract/capture.ts';
import { isCapturing, isRecording } from '../../../src/contract/capture-states.ts';
import { errorOf } from '../../../src/contract/errors.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { classNames } from '../../lib/class-names.ts';
import { clockLength } from '../../lib/format.ts';
import { dismissCapture, useCaptures } from '../../stores/captures.ts';
import { openTranscript, useNavigation } from '../../stores/navigation.ts';
import { markNow, stopRecording, togglePause } from '../../stores/recording-actions.ts';
import { attempt } from '../../stores/toasts.ts';
import { CaptureWarnings } from './capture-warnings.tsx';
import { LevelMeter } from './level-meter.tsx';
import { MicrophoneMenu } from './microphone-menu.tsx';

/** What is being recorded, below every screen; and what a fault has stopped, until that is dismissed. */
export function RecordBars() {
  const captures = useCaptures((store) => store.captures);
  const dismissed = useCaptures((store) => store.dismissed);
  const shown = useMemo(
    () => [...captures.values()].filter((capture) => isShown(capture, dismissed.has(capture.id))),
    [captures, dismissed],
  );
  return shown.map((capture) =>
    capture.state === 'broken' ? (
      <BrokenBar key={capture.id} capture={capture} />
    ) : (
      <RecordBar key={capture.id} capture={capture} />
    ),
  );
}

function isShown({ state, durationMs }: CaptureView, isDismissed: boolean): boolean {
  // Of one that could not begin, whoever has started it is told.
  return isCapturing(state) || (state === 'broken' && durationMs > 0 && !isDismissed);
}

function RecordBar({ capture }: { capture: CaptureView }) {
  const { t } = useTranslation('record');
  const { id, recordingId, name, state } = capture;
  const isHere = useNavigation(
    ({ route }) => route.screen === 'transcript' && route.recordingId === recordingId,
  );
  const stopping = useSubmission();
  const isOpen = state !== 'finishing';
  const isKept = isRecording(state);
  return (
    <section aria-label={t('bar', { name })} data-capture={state} className="border-t border-line bg-surface">
      <CaptureWarnings capture={capture} />
      {stopping.error !== null && (
        <div role="alert" className="border-b border-line px-4 py-2">
          <ErrorNotice
            error={stopping.error}
            remedies={{ retry: () => void stopping.submit(() => stopRecording(id)) }}
            onClose={stopping.clearError}
            className="text-sm"
          />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2">
        <StateMark capture={capture} />
        <div className="flex w-24 shrink-0 flex-col gap-1 @3xl/page:w-36">
          <LevelMeter captureId={id} input="microphone" isPaused={!isKept} />
          {capture.system !== null && <LevelMeter captureId={id} input="system" isPaused={!isKept} />}
        </div>
        {isOpen && <MicrophoneMenu capture={capture} />}
        <div className="flex min-w-0 flex-1 items-center gap-3 text-sm text-ink-soft">
          {isHere ? (
            <Truncated
              text={
                capture.liveModel === null ? t('liveModelNone') : t('liveModel', { model: capture.liveModel })
              }
              className="hidden @4xl/page:block"
            />
          ) : (
            <Button
              size="small"
              look="plain"
              aria-label={t('open', { name })}
              className="min-w-0 shrink! font-medium"
              onClick={() => openTranscript(recordingId)}
            >
              <FileText aria-hidden size="1rem" className="shrink-0" />
              <Truncated text={name} className="hidden @3xl/page:block" />
            </Button>
          )}
          {capture.minutesLeft !== null && !capture.warnings.includes('diskLow') && (
            <span className="hidden shrink-0 @4xl/page:inline">
              {t('minutesLeft', { count: Math.floor(capture.minutesLeft) })}
            </span>
          )}
        </div>
        {isOpen && (
          <div className="ml-auto flex shrink-0 items-center gap-1.5">
            <IconButton
              label={t('setMarker')}
              shortcut="setMarker"
              className="size-9"
              disabled={!isKept && state !== 'paused'}
              onClick={() => attempt(() => markNow(id))}
            >
              <Flag aria-hidden size="1.125rem" />
            </IconButton>
            <Tooltip
              text={state === 'paused' ? t('resume') : t('pause')}
              shortcut="pauseRecording"
              side="top"
            >
              <Button
                aria-label={state === 'paused' ? t('resume') : t('pause')}
                className="px-2.5! @xl/page:px-3.5!"
                disabled={!isKept && state !== 'paused'}
                onClick={() => attempt(() => togglePause(capture))}
              >
                {state === 'paused' ? <Play aria-hidden size="1rem" /> : <Pause aria-hidden size="1rem" />}
                <span className="hidden @xl/page:inline">
                  {state === 'paused' ? t('resume') : t('pause')}
                </span>
              </Button>
            </Tooltip>
            <Tooltip text={t('stop')} shortcut="record" side="top">
              <Button
                look="primary"
                disabled={stopping.isBusy}
                onClick={() => void stopping.submit(() => stopRecording(id))}
              >
                <Square aria-hidden size="0.875rem" fill="currentColor" />
                {t('stop')}
              </Button>
            </Tooltip>
          </div>
        )}
      </div>
    </section>
  );
}

/** Whether it records, and how much there is. Only a change of the state is read out. */
function StateMark({ capture: { state, durationMs } }: { capture: CaptureView }) {
  const { t } = useTranslation('record');
  const isKept = isRecording(state);
  return (
    <div className="flex shrink-0 items-center gap-2 text-sm">
      {isKept ? (
        <Circle aria-hidden size="0.75rem" fill="currentColor" className="recording-dot text-danger" />
      ) : state === 'paused' ? (
        <Pause aria-hidden size="0.875rem" className="text-ink-soft" />
      ) : (
        <LoaderCircle aria-hidden size="0.875rem" className="text-ink-soft" />
      )}
      <span role="status" className={classNames('font-medium', isKept && 'text-danger')}>
        {t(`state_${state}`)}
      </span>
      <span role="timer" aria-label={t('elapsed')} aria-live="off" className="figures min-w-10 font-medium">
        {clockLength(Math.floor(durationMs / 1000) * 1000)}
      </span>
    </div>
  );
}

function BrokenBar({ capture }: { capture: CaptureView }) {
  const { t } = useTranslation('record');
  const { id, name, durationMs, failure } = capture;
  const dismiss = () => dismissCapture(id);
  return (
    <section
      aria-label={t('bar', { name })}
      data-capture="broken"
      className="border-t border-line bg-surface px-4 py-2.5 text-sm"
    >
      <div role="alert" className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          {failure === null ? (
            <p className="flex items-start gap-3">
              <TriangleAlert aria-hidden size="1.125rem" className="mt-0.5 shrink-0 text-danger" />
              {t('broken', { name, length: clockLength(durationMs) })}
            </p>
          ) : (
            <>
              <ErrorNotice error={errorOf(failure)} onClose={dismiss} />
              <p className="pl-7.5 text-ink-soft">{t('broken', { name, length: clockLength(durationMs) })}</p>
            </>
          )}
        </div>
        <IconButton label={t('dismiss')} size="smallIcon" onClick={dismiss}>
          <X aria-hidden size="0.9375rem" />
        </IconButton>
      </div>
    </section>
  );
}
