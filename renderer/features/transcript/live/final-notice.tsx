import { FileCheck2, LoaderCircle, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isCapturing } from '../../../../src/contract/capture-states.ts';
import { isPending } from '../../../../src/contract/job-states.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { ProgressBar } from '../../../components/progress-bar.tsx';
import { useLanguage } from '../../../components/window-facts.ts';
import { request } from '../../../lib/client.ts';
import { percentage } from '../../../lib/format.ts';
import { useCaptures } from '../../../stores/captures.ts';
import {
  dismissFinalTranscript,
  type FinalTranscript,
  useFinalTranscripts,
} from '../../../stores/final-transcripts.ts';
import { useJobs } from '../../../stores/jobs.ts';
import { useLibrary } from '../../../stores/library.ts';
import { actOnJob } from '../../../stores/library-actions.ts';
import { openVersion } from '../../../stores/navigation.ts';
import { attempt } from '../../../stores/toasts.ts';
import type { KeptEdits } from './kept-edits.ts';

/** How the final transcript of a recording stands, once that has ended; nothing for any other text. */
export function FinalNotice({ recordingId, keptEdits }: { recordingId: string; keptEdits: KeptEdits }) {
  const made = useFinalTranscripts((store) => store.made[recordingId]);
  const hasEnded = useCaptures(({ captures }) =>
    [...captures.values()].some((one) => one.recordingId === recordingId && !isCapturing(one.state)),
  );
  if (made !== undefined) return <MadeFinal final={made} keptEdits={keptEdits} />;
  return hasEnded ? <ComingFinal recordingId={recordingId} /> : null;
}

const LINE = 'appear flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5 text-sm';

function ComingFinal({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation(['record', 'library']);
  const language = useLanguage();
  const job = useLibrary(({ recordings }) => recordings.get(recordingId)?.job ?? null);
  const percent = useJobs((store) => (job === null ? undefined : store.progress[job.id]))?.percent ?? null;
  if (job === null || job.range !== null) return null;
  if (job.state === 'failed') {
    return (
      <Line icon={<LoaderCircle aria-hidden size="1rem" className="text-warning" />} isWarning>
        <p role="alert" className="min-w-48 flex-1">
          {t('finalFailed')}
        </p>
        <Button size="small" onClick={() => actOnJob('retry', job.id)}>
          {t('library:retry')}
        </Button>
      </Line>
    );
  }
  if (!isPending(job.state)) return null;
  return (
    <Line icon={<LoaderCircle aria-hidden size="1rem" className="text-ink-soft" />}>
      <p role="status" className="min-w-0 text-ink-soft">
        {t('finalComing')}
      </p>
      {percent !== null && (
        <>
          <ProgressBar label={t('finalComing')} percent={percent} className="min-w-16 max-w-40 flex-1" />
          <span className="figures text-ink-soft">{percentage(percent / 100, language)}</span>
        </>
      )}
    </Line>
  );
}

function MadeFinal({ final, keptEdits }: { final: FinalTranscript; keptEdits: KeptEdits }) {
  const { t } = useTranslation(['record', 'app']);
  const { recordingId, version, keptEdits: count } = final;
  const replaced = count === 0 ? t('finalReplaced') : t('finalKept', { count });
  const compare = (number: number) =>
    attempt(async () => {
      const versions = await request('transcripts.versions', { recordingId });
      const earlier = versions.find((one) => one.number === number);
      if (earlier !== undefined) openVersion(recordingId, earlier.id);
    });
  return (
    <Line icon={<FileCheck2 aria-hidden size="1rem" className="text-accent" />}>
      <p role="status" className="min-w-48 flex-1">
        {version === null ? t('finalEmpty') : replaced}
      </p>
      {version !== null && (
        <Button
          size="small"
          onClick={() => (count > 0 ? attempt(() => keptEdits.open()) : compare(version.earlierNumber))}
        >
          {t('compare')}
        </Button>
      )}
      <IconButton
        label={t('app:dismissToast')}
        size="smallIcon"
        onClick={() => dismissFinalTranscript(recordingId)}
      >
        <X aria-hidden size="0.9375rem" />
      </IconButton>
    </Line>
  );
}

function Line({
  icon,
  isWarning = false,
  children,
}: {
  icon: ReactNode;
  isWarning?: boolean;
  children: ReactNode;
}) {
  return (
    <div data-passing className={`${LINE} ${isWarning ? 'bg-warning-wash' : 'bg-surface'}`}>
      <span className="shrink-0">{icon}</span>
      {children}
    </div>
  );
}
