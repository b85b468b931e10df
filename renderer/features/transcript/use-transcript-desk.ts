import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../src/contract/errors.ts';
import { appErrorOf } from '../../lib/client.ts';
import { useApp } from '../../stores/app.ts';
import { useLibrary } from '../../stores/library.ts';
import { exportRecordings, showOverlay } from '../../stores/navigation.ts';
import { transcriptOpened } from '../../stores/open-transcript.ts';
import { tellError } from '../../stores/toasts.ts';
import { useOpeningFocus } from './editor/use-opening-focus.ts';
import { openTranscript } from './sync/open-transcript.ts';
import { TranscriptDesk } from './transcript-desk.ts';

/** A transcript on its way onto the screen. */
export interface OpeningDesk {
  readonly desk: TranscriptDesk | null;
  readonly error: AppError | null;
  readonly retry: () => void;
}

/** Opens a transcript into an element for as long as the component is there. */
export function useTranscriptDesk(
  parent: RefObject<HTMLElement | null>,
  { recordingId, segmentId, play }: { recordingId: string; segmentId: string | null; play: boolean },
): OpeningDesk {
  const { t } = useTranslation(['transcript', 'rerun']);
  const [opened, setOpened] = useState<{ desk: TranscriptDesk | null; error: AppError | null }>(NOTHING);
  const [attempts, setAttempts] = useState(0);

  // Closing reads from the page where the reader was: a layout effect ends before the page is taken down.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens anew; another language does not
  useLayoutEffect(() => {
    let desk: TranscriptDesk | null = null;
    let isGone = false;
    const open = async () => {
      const answer = await openTranscript(recordingId);
      if (isGone || parent.current === null) return;
      desk = new TranscriptDesk({
        parent: parent.current,
        opened: answer,
        t,
        showDoubts: useApp.getState().state?.settings.showDoubts ?? true,
        onError: tellError,
        onExport: () => exportRecordings([recordingId]),
        onVersions: () => showOverlay({ kind: 'versions', recordingId }),
        onAgain: (choices) => showOverlay({ kind: 'rerun', recordingId, choices }),
      });
      setOpened({ desk, error: null });
      desk.begin(answer.value.place, segmentId, play);
    };
    open().catch((thrown: unknown) => {
      if (!isGone) setOpened({ desk: null, error: appErrorOf(thrown) });
    });
    return () => {
      isGone = true;
      desk?.close();
      setOpened(NOTHING);
    };
  }, [recordingId, attempts]);

  const { desk, error } = opened;
  useOpeningFocus(desk?.editor ?? null);
  useEffect(() => desk?.speak(t), [desk, t]);
  useEffect(() => {
    if (segmentId !== null) desk?.goToSegment(segmentId, play);
  }, [desk, segmentId, play]);
  useFollowing(desk, recordingId);
  return { desk, error, retry: () => setAttempts((count) => count + 1) };
}

const NOTHING = { desk: null, error: null };

/** Keeps an open transcript in step with settings, its job and the window. */
function useFollowing(desk: TranscriptDesk | null, recordingId: string): void {
  const showDoubts = useApp(({ state }) => state?.settings.showDoubts ?? true);
  useEffect(() => desk?.showDoubts(showDoubts), [desk, showDoubts]);

  // The end of the job completes what the text says about itself.
  const isRunning = useLibrary(({ recordings }) => recordings.get(recordingId)?.job?.state === 'running');
  useEffect(() => {
    if (desk === null || isRunning || desk.session.state.getState().facts.complete) return;
    void desk.session.reopen();
  }, [desk, isRunning]);

  useEffect(() => {
    if (desk === null) return;
    transcriptOpened(() => desk.act('again'));
    return () => transcriptOpened(null);
  }, [desk]);

  useEffect(() => {
    if (desk === null) return;
    const keep = () => desk.keep();
    const keepIfHidden = () => document.visibilityState === 'hidden' && desk.keep();
    window.addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', keepIfHidden);
    return () => {
      window.removeEventListener('pagehide', keep);
      document.removeEventListener('visibilitychange', keepIfHidden);
    };
  }, [desk]);
}
