import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CaptureView } from '../../../src/contract/capture.ts';
import { isRecording } from '../../../src/contract/capture-states.ts';
import type { SpeakerLane } from '../../../src/contract/speakers.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useCaptureOf, useLiveTexts } from '../../stores/captures.ts';
import { useLibrary } from '../../stores/library.ts';
import { goBack } from '../../stores/navigation.ts';
import type { OpenTranscript } from './assemble-transcript.ts';
import { GoToDialog } from './citing/go-to-dialog.tsx';
import { TextMenu } from './citing/text-menu.tsx';
import { AppliedDialog } from './corrected/applied-dialog.tsx';
import { AppliedNotice } from './corrected/applied-notice.tsx';
import { RuleOfferBar } from './corrected/rule-offer-bar.tsx';
import type { Caret } from './editor/caret.ts';
import { flagSentences } from './editor/editor-words.ts';
import { FindBar } from './find/find-bar.tsx';
import { FinalNotice } from './live/final-notice.tsx';
import { FollowButton } from './live/follow-button.tsx';
import { KeptEditsDialog } from './live/kept-edits-dialog.tsx';
import { PlayerBar } from './playback/player-bar.tsx';
import { ReadingNotice } from './reading-notice.tsx';
import { LanguageNotice } from './retranscribe/language-notice.tsx';
import { RetranscribeBar } from './retranscribe/retranscribe-bar.tsx';
import { ReviewBar } from './review/review-bar.tsx';
import { CheckingDialog } from './sign-off/checking-dialog.tsx';
import { SimilarOffer } from './speakers/similar-offer.tsx';
import { SpeakerKeys } from './speakers/speaker-keys.tsx';
import { SpeakerMenu } from './speakers/speaker-menu.tsx';
import type { SpeakerQuestions } from './speakers/speaker-questions.ts';
import { SpeakersPanel } from './speakers/speakers-panel.tsx';
import { useKeySpeakers } from './speakers/use-key-speakers.ts';
import { SpellingMenu } from './spelling/spelling-menu.tsx';
import type { TranscriptSync } from './sync/transcript-sync.ts';
import { TranscriptHeader } from './transcript-header.tsx';
import { useIsOnItsWay } from './use-is-on-its-way.ts';
import { useOpenedTranscript } from './use-open-transcript.ts';
import { useTranscriptKeys } from './use-transcript-keys.ts';
import './editor/transcript.css';

/** How soon a text is opened again that is about to be there. */
const OPENING_AGAIN_MS = 300;

/** When a recording whose live text has no model yet will have none. */
const LIVE_TEXT_BEGINS_MS = 20_000;

/** A transcript to read, play and correct. */
export function TranscriptScreen({
  recordingId,
  segmentId,
  play,
}: {
  recordingId: string;
  /** The segment to select; null restores the view state. */
  segmentId: string | null;
  /** Whether to play from that segment at once. */
  play: boolean;
}) {
  const parent = useRef<HTMLDivElement>(null);
  const { transcript, error, retry } = useOpenedTranscript(parent, { recordingId, segmentId, play });
  const speakers = useRef<readonly string[]>([]);
  useTranscriptKeys(transcript, speakers);
  const named = useLibrary(({ recordings }) => recordings.get(recordingId)?.name);
  const capture = useCaptureOf(recordingId);
  const name = named ?? capture?.name ?? '';
  // Without live text there is none before the final transcript has begun.
  const isWaitedFor = capture !== null && error?.code === 'recording.notTranscribed';
  const hasTranscript = useLibrary(({ recordings }) => recordings.get(recordingId)?.hasTranscript === true);
  const isExpected = isWaitedFor && (hasTranscript || capture.liveModel !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt that fails leads to the next
  useEffect(() => {
    if (!isExpected) return;
    const timer = setTimeout(retry, OPENING_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isExpected, error]);
  return (
    <div className="vs-screen flex h-full min-h-0 flex-col">
      <TranscriptHeader transcript={transcript} name={name} />
      {error !== null && !isWaitedFor && (
        <ErrorNotice className="mx-auto max-w-xl p-8" error={error} remedies={{ retry }} onClose={goBack} />
      )}
      <ReadingNotice recordingId={recordingId} />
      {transcript !== null && capture === null && (
        <FinalNotice recordingId={recordingId} keptEdits={transcript.keptEdits} />
      )}
      {transcript !== null && <LanguageNotice {...transcript} />}
      {transcript !== null && <AppliedNotice applied={transcript.applied} />}
      {transcript !== null && <FindBar finding={transcript.finding} recordingId={recordingId} />}
      <div className="relative flex min-h-0 flex-1">
        <div className="relative min-w-0 flex-1">
          <TextMenu transcript={transcript}>
            <div ref={parent} className="vs-text" />
          </TextMenu>
          {isWaitedFor && <NoTextYet capture={capture} />}
          {transcript !== null && <Emptiness sync={transcript.sync} />}
          {transcript !== null && capture !== null && <FollowButton follower={transcript.live} />}
        </div>
        {transcript !== null && <SpeakersPanel transcript={transcript} />}
      </div>
      {transcript !== null && <Around transcript={transcript} speakers={speakers} />}
    </div>
  );
}

const NO_LANES: readonly SpeakerLane[] = [];

function Around({
  transcript,
  speakers,
}: {
  transcript: OpenTranscript;
  speakers: RefObject<readonly string[]>;
}) {
  const { sync, caret, playback, names, who, speakers: questions } = transcript;
  const known = useKeySpeakers(sync);
  const durationMs = useStore(sync.store, (s) => s.facts.durationMs);
  useLayoutEffect(() => {
    speakers.current = known;
  });
  const isBeingRecorded = useCaptureOf(sync.recordingId) !== null;
  useScrollIntent(transcript);
  const lanes = useStore(who.overview.store, ({ view }) => view?.lanes ?? NO_LANES);
  const inText = useStore(sync.store, (s) => s.speakers);
  return (
    <>
      <PassageNote caret={caret} questions={questions} />
      <ReviewBar names={names} />
      <RuleOfferBar
        offer={transcript.ruleOffer}
        names={names}
        recordingId={sync.recordingId}
        onDone={() => transcript.editor.focus()}
      />
      <SimilarOffer who={who} onDismiss={transcript.dismissSimilar} />
      <RetranscribeBar recordingId={sync.recordingId} />
      {/* What is played would be recorded. */}
      {!isBeingRecorded && (
        <PlayerBar
          recordingId={sync.recordingId}
          playback={playback}
          caret={caret}
          durationMs={durationMs}
          act={transcript.act}
          listened={transcript.checking.store}
          turns={{ lanes, speakers: inText, onPlay: transcript.goTo }}
        >
          <SpeakerKeys
            playback={playback}
            caret={caret}
            questions={questions}
            speakers={known}
            onOpen={() => who.open()}
          />
        </PlayerBar>
      )}
      <SpellingMenu spelling={transcript.spelling} />
      <SpeakerMenu questions={questions} sync={sync} who={who} />
      <CheckingDialog
        checking={transcript.checking}
        onVisit={transcript.visit}
        onNextUnheard={() => transcript.act('nextUnheard')}
      />
      <GoToDialog citing={transcript.citing} />
      <AppliedDialog applied={transcript.applied} playback={playback} />
      <KeptEditsDialog keptEdits={transcript.keptEdits} playback={playback} />
    </>
  );
}

/** Notes about the passage at the caret. */
function PassageNote({ caret, questions }: { caret: Caret; questions: SpeakerQuestions }) {
  const { t } = useTranslation(['transcript', 'speakers']);
  const flags = useStore(caret.store, (s) => s.flags);
  const speaker = useStore(caret.store, (s) => s.speaker);
  const notes = flags.filter((flag) => flag !== 'overlap');
  if (notes.length === 0) return null;
  const sentences = flagSentences(t);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-warning-wash px-4 py-1.5 text-sm text-ink">
      <p role="status" className="min-w-0 [overflow-wrap:anywhere]">
        {notes.map((flag) => sentences[flag]).join(' ')}
      </p>
      {notes.includes('unsureSpeaker') && speaker !== null && (
        <Button size="small" onClick={() => questions.confirmAtCaret()}>
          {t('speakers:confirm', { speaker })}
        </Button>
      )}
    </div>
  );
}

/** The message while there is no text yet. */
function Emptiness({ sync }: { sync: TranscriptSync }) {
  const { t } = useTranslation(['transcript', 'record']);
  const capture = useCaptureOf(sync.recordingId);
  const hasLiveText = useLiveTexts(({ texts }) => texts[sync.recordingId] !== undefined);
  const hasText = useStore(sync.store, (s) => s.hasText);
  const complete = useStore(sync.store, (s) => s.facts.complete);
  const isUnclear = useStore(sync.store, (s) =>
    s.facts.skipped.some(({ reason }) => reason === 'notUnderstood'),
  );
  const canUndo = useStore(sync.store, (s) => s.canUndo);
  const isOnItsWay = useIsOnItsWay(sync.recordingId);
  if (hasText || (capture !== null && hasLiveText)) return null;
  if (capture !== null) return <NoTextYet capture={capture} />;
  const nothing = isUnclear ? t('noTextUnderstood') : t('noText');
  const empty = canUndo ? t('textRemoved') : nothing;
  const unfinished = isOnItsWay ? t('noTextYet') : t('unfinished');
  return (
    <p className="pointer-events-none absolute inset-x-0 top-16 px-8 text-center text-ink-soft">
      {complete ? empty : unfinished}
    </p>
  );
}

/** What to expect while a recording has no text. */
function NoTextYet({ capture }: { capture: CaptureView }) {
  const { t } = useTranslation('record');
  const { state, liveModel, durationMs } = capture;
  // A live text that is wanted takes its time to begin.
  const without = durationMs > LIVE_TEXT_BEGINS_MS ? t('noLiveText') : '';
  const live = liveModel === null ? without : t('speakNow');
  return (
    <p className="pointer-events-none absolute inset-x-0 top-16 px-8 text-center text-ink-soft">
      {state === 'paused' ? t('pausedHere') : isRecording(state) ? live : ''}
    </p>
  );
}

/** Scrolling by hand stops the text from following the audio. */
function useScrollIntent(transcript: OpenTranscript): void {
  useEffect(() => {
    const { scrollDOM } = transcript.editor.view;
    const scrolled = () => {
      transcript.playback.scrolledByUser();
      transcript.live.heldByUser();
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'PageUp' || event.key === 'PageDown') scrolled();
    };
    const grabbed = (event: PointerEvent) => event.target === scrollDOM && scrolled();
    scrollDOM.addEventListener('wheel', scrolled, { passive: true });
    scrollDOM.addEventListener('pointerdown', grabbed);
    scrollDOM.addEventListener('keydown', pressed);
    return () => {
      scrollDOM.removeEventListener('wheel', scrolled);
      scrollDOM.removeEventListener('pointerdown', grabbed);
      scrollDOM.removeEventListener('keydown', pressed);
    };
  }, [transcript]);
}
