import { UsersRound } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../src/contract/errors.ts';
import type { SpeakerLane } from '../../../src/contract/speakers.ts';
import type { RecordingView } from '../../../src/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { PopoverContent } from '../../components/popover-content.tsx';
import { TalkShares } from '../../components/talk-shares.tsx';
import { appErrorOf, request } from '../../lib/client.ts';
import { returnKeyboard } from '../../lib/keyboard-places.ts';

/** How many speakers a recording has; pressed, it shows how much each of them talks. Nothing where nobody is named. */
export function RowSpeakers({ recording, tabIndex }: { recording: RecordingView; tabIndex: number }) {
  const { t } = useTranslation('speaking');
  const { id, speakers, binnedAtMs } = recording;
  if (speakers === 0) return null;
  const text = t('speakersCount', { count: speakers });
  if (binnedAtMs !== null) return <span className="shrink-0 text-xs text-ink-soft">{text}</span>;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          tabIndex={tabIndex}
          aria-label={text}
          className="min-h-6 shrink-0 rounded-sm text-xs text-ink-soft underline decoration-line-strong underline-offset-2 hover:text-accent"
        >
          <span className="hidden @3xl/page:inline">{text}</span>
          {/* Where there is little room it is the name's. */}
          <span className="figures flex items-center gap-1 @3xl/page:hidden">
            <UsersRound aria-hidden size="0.875rem" />
            {speakers}
          </span>
        </button>
      </Popover.Trigger>
      <PopoverContent
        align="start"
        onCloseAutoFocus={returnKeyboard}
        label={t('shares')}
        className="w-80 p-4"
      >
        <h2 className="mb-2.5 font-semibold">{t('shares')}</h2>
        <Shares recordingId={id} />
      </PopoverContent>
    </Popover.Root>
  );
}

/** How much each speaker talks, read when it is shown. */
function Shares({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation('speaking');
  const [lanes, setLanes] = useState<readonly SpeakerLane[] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [attempts, setAttempts] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt reads again
  useEffect(() => {
    let isGone = false;
    request('speakers.overview', { recordingId }).then(
      (view) => !isGone && setLanes(view.lanes),
      (thrown: unknown) => !isGone && setError(appErrorOf(thrown)),
    );
    return () => {
      isGone = true;
    };
  }, [recordingId, attempts]);
  const retry = () => {
    setError(null);
    setAttempts(attempts + 1);
  };
  if (error !== null) return <ErrorNotice error={error} remedies={{ retry }} onClose={retry} />;
  if (lanes === null) return <p role="status">{t('reading')}</p>;
  return <TalkShares lanes={lanes} />;
}
