import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  Clock,
  FileText,
  LoaderCircle,
  RotateCcw,
  Send,
  X,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button, IconButton } from '../../../../renderer/components/button.tsx';
import { Dialog, DialogActions } from '../../../../renderer/components/dialog.tsx';
import { ProgressBar } from '../../../../renderer/components/progress-bar.tsx';
import { Truncated } from '../../../../renderer/components/truncated.tsx';
import { clockTime, listDate, percentage } from '../../../../renderer/lib/format.ts';
import type { OwnRecording } from '../own/own-database.ts';
import { cancel, remove, resume, tryAgain } from '../page-actions.ts';
import { usePage } from '../page-store.ts';
import { type PageText, pageLanguage, sentenceOf, usePageText } from '../page-texts.ts';
import { type RecordingState, stateOf } from '../recording-state.ts';
import { textAddress } from './use-shown-text.ts';

type Looks = Readonly<Record<RecordingState['kind'], ReactNode>>;

const SIZE = { 'aria-hidden': true, size: '1.125rem' } as const;
const ICONS: Looks = {
  added: <Clock {...SIZE} className="text-ink-soft" />,
  sealing: <LoaderCircle {...SIZE} className="text-accent" />,
  uploading: <Send {...SIZE} className="text-accent" />,
  sealed: <Clock {...SIZE} className="text-ink-soft" />,
  unknown: <CircleDashed {...SIZE} className="text-ink-soft" />,
  queued: <Clock {...SIZE} className="text-ink-soft" />,
  running: <LoaderCircle {...SIZE} className="text-accent" />,
  waiting: <RotateCcw {...SIZE} className="text-warning" />,
  paused: <CirclePause {...SIZE} className="text-ink-soft" />,
  done: <CircleCheck {...SIZE} className="text-accent" />,
  failed: <CircleAlert {...SIZE} className="text-danger" />,
  cancelled: <Ban {...SIZE} className="text-ink-soft" />,
  gone: <Ban {...SIZE} className="text-ink-soft" />,
  stopped: <CircleAlert {...SIZE} className="text-danger" />,
};

/** A recording: what it is called, what has become of it, and what can be done about it. */
export function RecordingRow({ recording }: { recording: OwnRecording }) {
  const t = usePageText();
  const job = usePage((page) => (recording.jobId === null ? undefined : page.jobs.get(recording.jobId)));
  const isGone = usePage((page) => recording.jobId !== null && page.gone.has(recording.jobId));
  const progress = usePage((page) => page.progress.get(recording.id));
  const [isRemoving, setRemoving] = useState(false);
  const state = stateOf(recording, { job, isGone, progress });
  const { name } = recording;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5" data-state={state.kind}>
      <span className="shrink-0">{ICONS[state.kind]}</span>
      <div className="min-w-40 flex-1">
        <Truncated text={name} className="font-medium" />
        <p className="text-sm text-ink-soft figures">{stateText(state, t)}</p>
        {state.problem !== null && (
          <p className="mt-0.5 text-sm text-danger [overflow-wrap:anywhere]">
            {sentenceOf(state.problem, name)}
          </p>
        )}
        {state.percent !== undefined && (
          <ProgressBar
            label={t('progressOf', { name })}
            percent={state.percent}
            className="mt-2 w-full max-w-sm"
          />
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {state.actions.includes('read') && (
          <Button
            size="small"
            look="primary"
            aria-label={t('openTextOf', { name })}
            onClick={() => {
              location.hash = textAddress(recording.id);
            }}
          >
            <FileText aria-hidden size="0.9375rem" />
            {t('openText')}
          </Button>
        )}
        {state.actions.includes('again') && (
          <Button size="small" aria-label={t('againOf', { name })} onClick={() => void tryAgain(recording)}>
            {t('again')}
          </Button>
        )}
        {state.actions.includes('resume') && (
          <Button size="small" aria-label={t('resumeOf', { name })} onClick={() => void resume(recording)}>
            {t('resume')}
          </Button>
        )}
        {state.actions.includes('cancel') && (
          <Button size="small" aria-label={t('cancelOf', { name })} onClick={() => void cancel(recording)}>
            {t('cancel')}
          </Button>
        )}
        {state.actions.includes('remove') && (
          <IconButton size="smallIcon" label={t('removeOf', { name })} onClick={() => setRemoving(true)}>
            <X aria-hidden size="1rem" />
          </IconButton>
        )}
      </div>
      {isRemoving && (
        <Dialog
          title={t('removeTitle', { name })}
          description={t('removeText')}
          onClose={() => setRemoving(false)}
        >
          <DialogActions>
            <Button onClick={() => setRemoving(false)}>{t('keep')}</Button>
            <Button look="primary" onClick={() => void remove(recording)}>
              {t('remove')}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </li>
  );
}

function stateText(state: RecordingState, t: PageText): string {
  const language = pageLanguage();
  const share = percentage((state.percent ?? 0) / 100, language);
  const at = (timeMs: number | null) => clockTime(timeMs ?? 0, Date.now(), language);
  switch (state.kind) {
    case 'added':
      return t('stateAdded');
    case 'sealing':
      return t('stateSealing', { share });
    case 'uploading':
      return t('stateUploading', { share });
    case 'sealed':
      return t('stateSealed');
    case 'unknown':
      return t('stateUnknown');
    case 'queued':
      return t('stateQueued');
    case 'running':
      return t('stateRunning', { time: at(state.atMs) });
    case 'waiting':
      return t('stateWaiting', { time: at(state.atMs) });
    case 'paused':
      return t('statePaused');
    case 'done':
      return t('stateDone', { time: listDate(state.atMs ?? 0, Date.now(), language) });
    case 'failed':
      return t('stateFailed');
    case 'cancelled':
      return t('stateCancelled');
    case 'gone':
      return t('stateGone');
    case 'stopped':
      return t('stateStopped');
  }
}
