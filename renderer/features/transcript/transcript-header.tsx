import type { TFunction } from 'i18next';
import {
  ArrowLeft,
  Check,
  CloudOff,
  Download,
  Ellipsis,
  LoaderCircle,
  Redo2,
  Search,
  SearchAlert,
  Undo2,
  UserRound,
  UsersRound,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../components/button.tsx';
import { MenuButton } from '../../components/menu.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { changeSettings, useApp } from '../../stores/app.ts';
import { useCaptureOf } from '../../stores/captures.ts';
import { goBack } from '../../stores/navigation.ts';
import { setMarker } from '../../stores/recording-actions.ts';
import { attempt } from '../../stores/toasts.ts';
import type { OpenTranscript } from './assemble-transcript.ts';
import { MarkersMenu } from './markers/markers-menu.tsx';
import { ReadAloudMenu } from './read-aloud/read-aloud-menu.tsx';
import type { Checking } from './sign-off/checking.ts';
import { CheckingChip } from './sign-off/checking-chip.tsx';
import type { TranscriptSync } from './sync/transcript-sync.ts';
import { useIsOnItsWay, useIsTellingApart } from './use-is-on-its-way.ts';

type HeaderParts = Pick<
  OpenTranscript,
  'sync' | 'doubts' | 'markers' | 'readAloud' | 'keptEdits' | 'applied' | 'who' | 'checking' | 'act' | 'goTo'
>;

/** The transcript's title, whether it is saved, and its actions. */
export function TranscriptHeader({ transcript, name }: { transcript: HeaderParts | null; name: string }) {
  const { t } = useTranslation('transcript');
  return (
    <header className="flex flex-wrap items-center gap-x-1 gap-y-1 border-b border-line px-3 py-1.5">
      <IconButton label={t('backToLibrary')} shortcut="goBack" onClick={goBack}>
        <ArrowLeft aria-hidden size="1.125rem" />
      </IconButton>
      <div className="min-w-52 flex-1 px-1">
        <h1 className="text-base font-semibold">
          <Truncated text={name} />
        </h1>
        {transcript !== null && <Standing sync={transcript.sync} checking={transcript.checking} />}
      </div>
      {transcript !== null && <Tools transcript={transcript} />}
    </header>
  );
}

/** From this gain on a recording is so faint that its audible background needs an explanation. */
const FAINT_DB = 20;

/** Whether everything is stored, and the kind of text. */
function Standing({ sync, checking }: { sync: TranscriptSync; checking: Checking }) {
  const { t } = useTranslation('transcript');
  const saved = useStore(sync.store, (s) => s.saved);
  const facts = useStore(sync.store, (s) => s.facts);
  const isOnItsWay = useIsOnItsWay(facts.recordingId);
  const isTellingApart = useIsTellingApart(facts.recordingId);
  const isBeingRecorded = useCaptureOf(facts.recordingId) !== null;
  const icons = {
    saved: <Check aria-hidden size="0.875rem" />,
    saving: <LoaderCircle aria-hidden size="0.875rem" />,
    failed: <CloudOff aria-hidden size="0.875rem" />,
  };
  const texts = { saved: t('saved'), saving: t('saving'), failed: t('notSaved') };
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-xs text-ink-soft">
      <span
        role="status"
        data-saved={saved}
        className={`inline-flex shrink-0 items-center gap-1 @2xl/page:min-w-16 ${saved === 'failed' ? 'font-medium text-danger' : ''}`}
      >
        {icons[saved]}
        {/* Where there is little room, what is as it should be is a mark. */}
        <span className={saved === 'failed' ? undefined : 'sr-only @2xl/page:not-sr-only'}>
          {texts[saved]}
        </span>
      </span>
      {facts.gain.greatestDb >= FAINT_DB && (
        <Truncated text={t('raised', { decibels: facts.gain.greatestDb })} />
      )}
      {!facts.complete && !isBeingRecorded && (
        <Truncated
          text={isTellingApart ? t('tellingApart') : isOnItsWay ? t('stillRunning') : t('unfinished')}
        />
      )}
      {facts.complete && !isBeingRecorded && <CheckingChip checking={checking} />}
    </p>
  );
}

/** What there is to review: how much of each kind, the last with what a press does. */
function doubtsLabel(
  t: TFunction<['transcript', 'rerun', 'texts']>,
  { doubts, unsure, unclear, missing }: { doubts: number; unsure: number; unclear: number; missing: number },
): string {
  const kinds = [
    { count: doubts, told: t('doubtfulWords', { count: doubts }), last: t('nextDoubt', { count: doubts }) },
    {
      count: unsure,
      told: t('unsureSpeakers', { count: unsure }),
      last: t('nextUnsure', { count: unsure }),
    },
    {
      count: unclear,
      told: t('texts:unclear', { count: unclear }),
      last: t('nextUnclear', { count: unclear }),
    },
    { count: missing, told: '', last: t('texts:nextMissing', { count: missing }) },
  ].filter(({ count }) => count > 0);
  if (kinds.length === 0) return t('noDoubts');
  return kinds.map(({ told, last }, place) => (place === kinds.length - 1 ? last : told)).join(', ');
}

function Tools({ transcript }: { transcript: HeaderParts }) {
  const { t } = useTranslation([
    'transcript',
    'rerun',
    'record',
    'speakers',
    'checking',
    'pseudonyms',
    'texts',
    'corrections',
    'citing',
  ]);
  const { store: state } = transcript.sync;
  const canUndo = useStore(state, (s) => s.canUndo || s.saved === 'saving');
  const canRedo = useStore(state, (s) => s.canRedo);
  const hasKeptEdits = useStore(transcript.keptEdits.store, (s) => s.edits.length > 0);
  const hasApplied = useStore(transcript.applied.store, (s) => s.corrections.length > 0);
  const hasText = useStore(state, (s) => s.hasText);
  const doubts = useStore(transcript.doubts.store, (s) => s.count);
  const unsure = useStore(state, (s) => s.unsureSpeakers);
  const unclear = useStore(
    state,
    (s) => s.facts.skipped.filter(({ reason }) => reason === 'notUnderstood').length,
  );
  const missing = useStore(
    state,
    (s) => s.facts.skipped.filter(({ reason }) => reason === 'notInText').length,
  );
  const showsSpeakers = useStore(transcript.who.store, ({ shown }) => shown === 'speakers');
  const showDoubts = useApp((store) => store.state?.settings.showDoubts ?? true);
  return (
    <div role="toolbar" aria-label={t('tools')} className="flex flex-wrap items-center gap-0.5">
      <IconButton
        label={t('undo')}
        shortcut="undo"
        disabled={!canUndo}
        onClick={() => transcript.act('undo')}
      >
        <Undo2 aria-hidden size="1.125rem" />
      </IconButton>
      <IconButton
        label={t('redo')}
        shortcut="redo"
        disabled={!canRedo}
        onClick={() => transcript.act('redo')}
      >
        <Redo2 aria-hidden size="1.125rem" />
      </IconButton>
      <IconButton label={t('find')} shortcut="find" onClick={() => transcript.act('find')}>
        <Search aria-hidden size="1.125rem" />
      </IconButton>
      <IconButton
        label={doubtsLabel(t, { doubts, unsure, unclear, missing })}
        shortcut="nextDoubt"
        disabled={doubts + unsure + unclear + missing === 0}
        onClick={() => transcript.act('nextDoubt')}
      >
        <SearchAlert aria-hidden size="1.125rem" />
      </IconButton>
      <IconButton
        label={t('whoSpeaks')}
        shortcut="speaker"
        disabled={!hasText}
        onClick={() => transcript.act('speaker')}
      >
        <UserRound aria-hidden size="1.125rem" />
      </IconButton>
      <IconButton
        label={t('speakers:title')}
        shortcut="speakers"
        aria-expanded={showsSpeakers}
        onClick={() => transcript.act('speakers')}
      >
        <UsersRound aria-hidden size="1.125rem" />
      </IconButton>
      <ReadAloudMenu
        readAloud={transcript.readAloud}
        recordingId={transcript.sync.recordingId}
        disabled={!hasText}
      />
      <MarkersMenu markers={transcript.markers} onGo={transcript.goTo} />
      <MenuButton
        label={t('more')}
        trigger={
          <IconButton label={t('more')}>
            <Ellipsis aria-hidden size="1.125rem" />
          </IconButton>
        }
        items={[
          {
            kind: 'action',
            id: 'playFromCaret',
            label: t('playFromCaret'),
            shortcut: 'playFromCaret',
            run: () => transcript.act('playFromCaret'),
          },
          {
            kind: 'action',
            id: 'insertTime',
            label: t('insertTime'),
            shortcut: 'insertTime',
            run: () => transcript.act('insertTime'),
          },
          {
            kind: 'action',
            id: 'setMarker',
            label: t('record:setMarker'),
            shortcut: 'setMarker',
            run: setMarker,
          },
          {
            kind: 'action',
            id: 'versions',
            label: t('versions'),
            shortcut: 'versions',
            run: () => transcript.act('versions'),
          },
          {
            kind: 'action',
            id: 'copyCitation',
            label: t('citing:copy'),
            shortcut: 'copyCitation',
            run: () => transcript.act('copyCitation'),
          },
          {
            kind: 'action',
            id: 'goToCitation',
            label: t('citing:goTo'),
            shortcut: 'goToCitation',
            run: () => transcript.act('goToCitation'),
          },
          {
            kind: 'action',
            id: 'pseudonyms',
            label: t('pseudonyms:menu'),
            shortcut: 'pseudonyms',
            run: () => transcript.act('pseudonyms'),
          },
          {
            kind: 'action',
            id: 'checked',
            label: t('checking:menu'),
            shortcut: 'checked',
            run: () => transcript.act('checked'),
          },
          {
            kind: 'action',
            id: 'nextUnheard',
            label: t('checking:nextUnheard'),
            shortcut: 'nextUnheard',
            run: () => transcript.act('nextUnheard'),
          },
          ...(hasKeptEdits
            ? [
                {
                  kind: 'action' as const,
                  id: 'keptEdits',
                  label: t('record:keptMenu'),
                  run: () => attempt(() => transcript.keptEdits.open()),
                },
              ]
            : []),
          ...(hasApplied
            ? [
                {
                  kind: 'action' as const,
                  id: 'applied',
                  label: t('corrections:menu'),
                  run: () => attempt(() => transcript.applied.open()),
                },
              ]
            : []),
          {
            kind: 'action',
            id: 'reset',
            label: t('reset'),
            shortcut: 'reset',
            run: () => transcript.act('reset'),
          },
          {
            kind: 'action',
            id: 'again',
            label: t('rerun:menu'),
            shortcut: 'again',
            run: () => transcript.act('again'),
          },
          { kind: 'line', id: 'line' },
          {
            kind: 'choice',
            id: 'doubts',
            label: t('showDoubts'),
            chosen: showDoubts,
            run: () => attempt(() => changeSettings({ showDoubts: !showDoubts })),
          },
        ]}
      />
      <Tooltip text={t('export')} shortcut="export">
        <Button
          className="ml-1 px-2.5! @lg/page:px-3.5!"
          aria-label={t('export')}
          onClick={() => transcript.act('export')}
        >
          <Download aria-hidden size="1rem" />
          <span className="hidden @lg/page:inline">{t('export')}</span>
        </Button>
      </Tooltip>
    </div>
  );
}
