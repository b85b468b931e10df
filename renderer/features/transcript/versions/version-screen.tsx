import { ArrowLeft, ChevronDown, ChevronUp, Download, FileCheck, History, Search } from 'lucide-react';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AppError } from '../../../../src/contract/errors.ts';
import type { VersionReading } from '../../../../src/contract/views.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Tooltip } from '../../../components/tooltip.tsx';
import { Truncated } from '../../../components/truncated.tsx';
import { useLanguage } from '../../../components/window-facts.ts';
import { appErrorOf, request } from '../../../lib/client.ts';
import { useLibrary } from '../../../stores/library.ts';
import { leaveVersion, showOverlay } from '../../../stores/navigation.ts';
import { attempt, say } from '../../../stores/toasts.ts';
import { useOpeningFocus } from '../editor/use-opening-focus.ts';
import { FindBar } from '../find/find-bar.tsx';
import { useActionKeys } from '../keys/use-key-presses.ts';
import { transportActions } from '../playback/playback-actions.ts';
import { PlayerBar } from '../playback/player-bar.tsx';
import { OpenVersion } from './open-version.ts';
import { versionWords } from './version-name.ts';
import '../editor/transcript.css';

/** A version of a transcript: to read, to play, to compare with the current text, and to restore. */
export function VersionScreen({ recordingId, versionId }: { recordingId: string; versionId: string }) {
  const { t } = useTranslation('versions');
  const parent = useRef<HTMLDivElement>(null);
  const { opened, error, retry } = useOpenVersion(parent, recordingId, versionId);
  const name = useLibrary(({ recordings }) => recordings.get(recordingId)?.name ?? '');
  const back = () => leaveVersion(recordingId);
  useActionKeys({
    act: (action) => {
      if (opened === null || !opened.text.knows(action)) return false;
      opened.text.act(action);
      return true;
    },
    hold: (action, isDown) => opened?.text.playback.hold(action, isDown),
    anywhere: (action) => opened !== null && transportActions(opened.text.playback, null)[action](),
    isPlaying: () => opened?.text.playback.player.playing === true,
  });
  return (
    <div className="vs-screen flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-center gap-x-1 gap-y-1 border-b border-line px-3 py-1.5">
        <IconButton label={t('backToCurrent')} shortcut="goBack" onClick={back}>
          <ArrowLeft aria-hidden size="1.125rem" />
        </IconButton>
        <h1 className="min-w-24 flex-1 px-1 text-base font-semibold">
          <Truncated text={name} />
        </h1>
        {opened !== null && <Tools {...opened} recordingId={recordingId} />}
      </header>
      {error !== null && (
        <ErrorNotice className="mx-auto max-w-xl p-8" error={error} remedies={{ retry }} onClose={back} />
      )}
      {opened !== null && <Banner reading={opened.reading} onBack={back} />}
      {opened !== null && <FindBar finding={opened.text.finding} />}
      <div ref={parent} className="vs-text flex-1" />
      {opened !== null && (
        <PlayerBar
          recordingId={recordingId}
          playback={opened.text.playback}
          caret={opened.text.caret}
          durationMs={opened.reading.transcript.durationMs}
          act={(action) => opened.text.act(action)}
        />
      )}
    </div>
  );
}

interface OpenedVersion {
  readonly text: OpenVersion;
  readonly reading: VersionReading;
}

/** Shows clearly that this is not the current text, and links to it. */
function Banner({ reading: { version }, onBack }: { reading: VersionReading; onBack: () => void }) {
  const { t } = useTranslation('versions');
  const language = useLanguage();
  const words = versionWords(version, t, language);
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-warning-wash px-4 py-1.5 text-sm text-ink"
    >
      <History aria-hidden size="1rem" className="shrink-0 text-warning" />
      <span className="min-w-0 flex-1 basis-64">
        {version.isCurrent ? t('bannerCurrent', words) : t('banner', words)}
      </span>
      {/* The arrow above leads there too. */}
      <Button size="small" className="vs-spare" onClick={onBack}>
        {t('backToCurrent')}
      </Button>
    </div>
  );
}

function Tools({ text, reading, recordingId }: OpenedVersion & { recordingId: string }) {
  const { t } = useTranslation('versions');
  const current = useStore(text.current);
  const { version } = reading;
  const count = text.differences;
  const use = () =>
    attempt(async () => {
      const { changed } = await request('transcripts.useVersion', { recordingId, versionId: version.id });
      say(changed ? t('used', { number: version.number }) : t('usedSame'));
      leaveVersion(recordingId);
    });
  return (
    <div role="toolbar" aria-label={t('tools')} className="flex flex-wrap items-center gap-1">
      {!version.isCurrent && (
        <span role="status" className="px-1 text-sm text-ink-soft @max-lg/page:sr-only">
          {count === 0
            ? t('noDifferences')
            : current < 0
              ? t('differences', { count })
              : t('differenceOf', { current: current + 1, count })}
        </span>
      )}
      {count > 0 && (
        <>
          <IconButton
            label={t('previousDifference')}
            shortcut="previousDoubt"
            onClick={() => text.act('previousDoubt')}
          >
            <ChevronUp aria-hidden size="1.125rem" />
          </IconButton>
          <IconButton label={t('nextDifference')} shortcut="nextDoubt" onClick={() => text.act('nextDoubt')}>
            <ChevronDown aria-hidden size="1.125rem" />
          </IconButton>
        </>
      )}
      <IconButton label={t('find')} shortcut="find" onClick={() => text.act('find')}>
        <Search aria-hidden size="1.125rem" />
      </IconButton>
      <IconButton label={t('title')} shortcut="versions" onClick={() => text.act('versions')}>
        <History aria-hidden size="1.125rem" />
      </IconButton>
      <IconButton label={t('export')} shortcut="export" onClick={() => text.act('export')}>
        <Download aria-hidden size="1.125rem" />
      </IconButton>
      {!version.isCurrent && (
        <Tooltip text={t('use')}>
          <Button className="ml-1 px-2.5! @lg/page:px-3.5!" aria-label={t('use')} onClick={use}>
            <FileCheck aria-hidden size="1rem" />
            <span className="hidden @lg/page:inline">{t('use')}</span>
          </Button>
        </Tooltip>
      )}
    </div>
  );
}

/** Opens a version into an element while the component is mounted. */
function useOpenVersion(parent: RefObject<HTMLElement | null>, recordingId: string, versionId: string) {
  const { t } = useTranslation('versions');
  const { t: transcriptT } = useTranslation('transcript');
  const language = useLanguage();
  const spoken = useRef({ t, language });
  useLayoutEffect(() => {
    spoken.current = { t, language };
  });
  const [opened, setOpened] = useState<OpenedVersion | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [attempts, setAttempts] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens anew; another language does not
  useLayoutEffect(() => {
    let text: OpenVersion | null = null;
    let isGone = false;
    request('transcripts.openVersion', { recordingId, versionId }).then(
      (reading) => {
        if (isGone || parent.current === null) return;
        const onVersions = () => showOverlay({ kind: 'versions', recordingId });
        const onExport = () => {
          const now = spoken.current;
          const label = now.t('exported', versionWords(reading.version, now.t, now.language));
          showOverlay({ kind: 'export', recordingIds: [recordingId], version: { id: versionId, label } });
        };
        const commands = { onVersions, onExport };
        text = new OpenVersion({ parent: parent.current, reading, t, transcriptT, ...commands });
        setOpened({ text, reading });
        setError(null);
      },
      (thrown: unknown) => !isGone && setError(appErrorOf(thrown)),
    );
    return () => {
      isGone = true;
      text?.close();
      setOpened(null);
    };
  }, [recordingId, versionId, attempts]);
  useOpeningFocus(opened?.text.editor ?? null);
  useEffect(() => opened?.text.speak(t, transcriptT), [opened, t, transcriptT]);
  return { opened, error, retry: () => setAttempts((count) => count + 1) };
}
