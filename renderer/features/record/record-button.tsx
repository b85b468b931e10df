import { Circle, SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import { runningCaptures, useCaptures } from '../../stores/captures.ts';
import { openTranscript, showOverlay } from '../../stores/navigation.ts';
import { startRecording } from '../../stores/recording-actions.ts';
import { attempt } from '../../stores/toasts.ts';

/**
 * Starts recording at once, with the last choice; beside it what changes the choice. While something is being recorded,
 * shows that: a second press must not begin a second recording of the same voice.
 */
export function RecordButton() {
  const { t } = useTranslation('record');
  const isStarting = useCaptures((store) => store.isStarting);
  const running = useCaptures(({ captures }) => runningCaptures(captures).at(-1)?.recordingId ?? null);
  const isIdle = running === null;
  const label = isStarting ? t('starting') : isIdle ? t('record') : t('showRunning');
  return (
    <div className="flex">
      <Tooltip text={label} shortcut={isIdle ? 'record' : undefined}>
        <Button
          className="rounded-r-none! px-2.5! @lg/page:px-3.5!"
          aria-label={label}
          disabled={isStarting}
          onClick={() => (running === null ? attempt(() => startRecording()) : openTranscript(running))}
        >
          <Circle aria-hidden size="0.8125rem" fill="currentColor" className="text-danger" />
          <span className="hidden @lg/page:inline">
            {isStarting ? t('starting') : isIdle ? t('record') : t('state_listening')}
          </span>
        </Button>
      </Tooltip>
      <Tooltip text={t('options')} shortcut="recordOptions">
        <Button
          className="-ml-px rounded-l-none! px-2!"
          aria-label={t('options')}
          onClick={() => showOverlay({ kind: 'record' })}
        >
          <SlidersHorizontal aria-hidden size="1rem" className="text-ink-soft" />
        </Button>
      </Tooltip>
    </div>
  );
}
