import type { TFunction } from 'i18next';
import { SNIPPET_IDS, type TransportId } from '../../../src/contract/shortcuts.ts';
import type { TranscriptView } from '../../../src/contract/views.ts';
import type { Snapshot } from '../../lib/client.ts';
import { cspNonce } from '../../lib/csp-nonce.ts';
import type { RetranscribeChoice } from '../../stores/navigation.ts';
import { say, tellError } from '../../stores/toasts.ts';
import { Citing } from './citing/citing.ts';
import { AppliedCorrections } from './corrected/applied-corrections.ts';
import { RuleOffer } from './corrected/rule-offer.ts';
import { Caret } from './editor/caret.ts';
import { editorWords } from './editor/editor-words.ts';
import { insertTime } from './editor/insert-time.ts';
import { TextEditor } from './editor/transcript-editor.ts';
import { restoreViewState, type ViewState, ViewStateKeeper } from './editor/view-state.ts';
import { Finding } from './find/finding.ts';
import type { TranscriptAction } from './keys/transcript-keys.ts';
import { KeptEdits } from './live/kept-edits.ts';
import { LiveFollower } from './live/live-follower.ts';
import { Markers } from './markers/markers.ts';
import { shownMarkers } from './markers/shown-markers.ts';
import { goToSegment, goToTime } from './playback/go-to.ts';
import { Playback } from './playback/playback.ts';
import { playbackActions, transportActions } from './playback/playback-actions.ts';
import { ReadAloud } from './read-aloud/read-aloud.ts';
import { RetranscribeQuestions } from './retranscribe/retranscribe-questions.ts';
import { shownSkipped } from './retranscribe/shown-skipped.ts';
import { DoubtReview } from './review/doubt-review.ts';
import { NameReview } from './review/name-review.ts';
import { Checking } from './sign-off/checking.ts';
import { SnippetInserter } from './snippets/snippet-inserter.ts';
import { paragraphKeys } from './speakers/paragraph-keys.ts';
import { SpeakerQuestions } from './speakers/speaker-questions.ts';
import { WhoSpeaks } from './speakers/who-speaks.ts';
import { SpellingReview } from './spelling/spelling-review.ts';
import { idle } from './sync/idle.ts';
import { type TellError, TranscriptSync } from './sync/transcript-sync.ts';

type Translate = TFunction<['transcript', 'rerun', 'record', 'checking', 'citing']>;

/** What an open transcript needs. */
export interface TranscriptSurroundings {
  readonly parent: HTMLElement;
  readonly opened: Snapshot<TranscriptView>;
  readonly t: Translate;
  readonly showDoubts: boolean;
  readonly onError: TellError;
  readonly onExport: () => void;
  readonly onVersions: () => void;
  /** Opens the pseudonyms with the selected words; empty for none. */
  readonly onPseudonyms: (text: string) => void;
  /** Runs an action that may fail; a failure is shown. */
  readonly attempt: (action: () => Promise<unknown>) => void;
  /**   Asks what to retranscribe. */
  readonly onRetranscribe: (choices: readonly RetranscribeChoice[]) => void;
}

/** An open transcript: assembles editor, audio, sync and every feature on them. */
export interface OpenTranscript {
  readonly sync: TranscriptSync;
  readonly editor: TextEditor;
  readonly caret: Caret;
  readonly playback: Playback;
  readonly finding: Finding;
  readonly doubts: DoubtReview;
  readonly names: NameReview;
  readonly ruleOffer: RuleOffer;
  readonly spelling: SpellingReview;
  readonly speakers: SpeakerQuestions;
  readonly who: WhoSpeaks;
  readonly checking: Checking;
  readonly citing: Citing;
  /** Leaves the paragraphs that sound like a corrected one as they are. */
  readonly dismissSimilar: () => void;
  readonly markers: Markers;
  readonly readAloud: ReadAloud;
  readonly live: LiveFollower;
  readonly keptEdits: KeptEdits;
  /** Selects a passage. */
  readonly visit: (segmentId: string) => void;
  readonly applied: AppliedCorrections;
  /** Plays from a time, and shows what is said then. */
  readonly goTo: (timeMs: number) => void;
  /** Sets a marker at the playhead. */
  readonly setMarker: () => void;
  /** The recording has grown, or ended: reads its sound and its facts anew. */
  readonly reload: () => void;
  /** Runs the action of a key from any program. */
  readonly anywhere: (action: TransportId) => void;
  /** Inserts the snippet at a place, from 1. */
  readonly insertSnippet: (place: number) => void;
  /** Runs a key's or a button's action. */
  readonly act: (action: TranscriptAction) => void;
  /** Restores the view state, or goes to a found segment. */
  readonly begin: (viewState: ViewState, segmentId: string | null, plays: boolean) => void;
  /** Switches every message to another language. */
  readonly speak: (t: Translate) => void;
  /** Stores text and view state now: the window may be about to close. */
  readonly keep: () => void;
  /** Stores the view state and unsent text, and disposes of everything. */
  readonly close: () => void;
}

/** Puts an opened transcript onto the page. */
export function assembleTranscript(surroundings: TranscriptSurroundings): OpenTranscript {
  const { parent, opened, showDoubts, onError, onExport, onVersions, onPseudonyms, onRetranscribe, attempt } =
    surroundings;
  const transcript = opened.value;
  let { t } = surroundings;

  const sync = new TranscriptSync(opened, {
    tell: onError,
    viewState: () => keeper.current(),
    onWords: () => void doubts.find(idle),
  });
  const caret = new Caret();
  const snippets: SnippetInserter = new SnippetInserter({
    editor: () => editor,
    timeMs: () => playback.player.timeMs,
    beginUndoGroup: () => sync.beginUndoGroup(),
  });
  const spelling: SpellingReview = new SpellingReview({
    recordingId: transcript.recordingId,
    editor: () => editor,
    beginUndoGroup: () => sync.beginUndoGroup(),
  });
  const editor: TextEditor = new TextEditor(
    {
      parent,
      nonce: cspNonce(),
      words: editorWords(t, t('textOf', { name: transcript.name })),
      onLabel: (position, label) => speakers.askAtLabel(position, label),
      keys: [
        ...snippets.keys,
        ...paragraphKeys({
          askFrom: (position) => speakers.askFrom(position),
          run: (command) => void sync.run(command),
        }),
      ],
      extensions: spelling.extension,
      mayBegin: () => sync.store.getState().facts.complete,
      onTyped: (texts) => {
        sync.typed(texts);
        names.typed(texts.flatMap(({ id }) => id ?? []));
        finding.textChanged();
        keeper.moved();
        caret.typed();
        live.heldByUser();
      },
      onSelection: () => {
        doubts.leave();
        sync.beginUndoGroup();
        keeper.moved();
        caret.moved(editor);
      },
      onClick: (position, plays) => {
        live.heldByUser();
        playback.followCaret(position, plays);
      },
      onScroll: () => {
        keeper.moved();
        live.scrolled();
      },
      onUndo: (redoes) => act(redoes ? 'redo' : 'undo'),
      onBlur: () => void sync.flush(),
    },
    transcript,
  );
  const live = new LiveFollower(editor);
  // Before the player, which reports its playhead as soon as it is created.
  const keeper = new ViewStateKeeper(transcript.recordingId, editor, () => playback.player.timeMs);
  const playback: Playback = new Playback({
    recordingId: transcript.recordingId,
    editor,
    startMs: transcript.place.playheadMs,
    channels: transcript.channels,
    isTyping: () => caret.isTyping,
    onMoved: () => keeper.moved(),
    assignSpeaker: (segments, speaker, undoGroup) => void speakers.assign(segments, speaker, undoGroup),
  });
  const replaceAll = async (
    search: Parameters<ConstructorParameters<typeof NameReview>[2]>[0],
    segments: readonly string[] | null,
  ) => (await sync.run({ kind: 'replaceAll', search, segments })).count;
  const finding = new Finding(editor, {
    beginUndoGroup: () => sync.beginUndoGroup(),
    replaceAll: (search) => replaceAll(search, null),
  });
  const ruleOffer = new RuleOffer(transcript.recordingId);
  const names = new NameReview(editor, playback, replaceAll, ruleOffer.corrected);
  const facts = () => sync.store.getState().facts;
  const doubts = new DoubtReview(editor, playback, () => facts().skipped, showDoubts);
  const who = new WhoSpeaks(editor, sync, playback);
  const checking = new Checking(sync, playback);
  const citing = new Citing(editor, sync);
  const speakers: SpeakerQuestions = new SpeakerQuestions(editor, sync, (segments, speaker) => {
    caret.moved(editor);
    who.similar.assigned(segments, speaker);
  });
  const retranscription = new RetranscribeQuestions({
    editor,
    skipped: () => facts().skipped,
    currentRange: () => doubts.currentRange,
    isComplete: () => facts().complete,
    flush: () => sync.flush(),
    onAsk: onRetranscribe,
  });

  const readAloud = new ReadAloud(editor, playback, (thrown) => tellError(thrown));
  const markers = new Markers(transcript.recordingId);
  const goTo = (timeMs: number) => goToTime(editor, playback, timeMs);
  const showMarkers = () => editor.setMarkers(shownMarkers(markers.store.getState().markers, t, goTo));

  const showSkipped = () => {
    const { skipped, complete } = facts();
    editor.setSkipped(
      shownSkipped(skipped, complete, t, {
        listen: (range) => doubts.goToRange(range),
        retranscribe: (range) => retranscription.askAbout(range),
      }),
    );
  };
  const snippetActions = Object.fromEntries(
    SNIPPET_IDS.map((id, index) => [id, () => snippets.insert(index + 1)]),
  ) as Record<(typeof SNIPPET_IDS)[number], () => void>;
  const actions: Readonly<Record<TranscriptAction, () => void>> = {
    ...playbackActions(playback),
    insertTime: () => insertTime(editor, playback.player.timeMs),
    ...snippetActions,
    undo: () => void sync.run({ kind: 'undo' }),
    redo: () => void sync.run({ kind: 'redo' }),
    find: () => finding.open(),
    nextDoubt: () => doubts.hop(1),
    previousDoubt: () => doubts.hop(-1),
    misspelling: () => spelling.next(),
    speaker: () => speakers.askAtCaret(),
    speakers: () => who.toggle(),
    pseudonyms: () => void sync.flush().then(() => onPseudonyms(editor.selectedText())),
    checked: () => attempt(() => checking.open()),
    nextUnheard: () => {
      const atMs = checking.nextUnheardMs();
      if (atMs === null) say(t('checking:allHeard'));
      else goTo(atMs);
    },
    copyCitation: () =>
      attempt(async () => {
        const place = await citing.copy();
        if (place !== null) say(t('citing:copied', { place }));
      }),
    goToCitation: () => citing.ask(),
    reset: () => void sync.run({ kind: 'reset', segments: editor.selectedSegments() }),
    again: () => retranscription.askAtCaret(),
    readAloud: () => readAloud.toggle('here'),
    readAloudOnwards: () => readAloud.toggle('onwards'),
    versions: () => void sync.flush().then(onVersions),
    export: () => void sync.flush().then(onExport),
    save: () => void sync.flush(),
  };
  const act = (action: TranscriptAction) => actions[action]();

  const setMarker = () => attempt(() => markers.add(playback.player.timeMs));

  sync.attach(editor);
  showSkipped();
  editor.setSpeakers(sync.store.getState().speakers);
  sync.store.subscribe(({ facts: now, speakers: named }, { facts: before, speakers: namedBefore }) => {
    if (now.skipped !== before.skipped || now.complete !== before.complete) showSkipped();
    if (named !== namedBefore) editor.setSpeakers(named);
  });
  markers.store.subscribe(showMarkers);
  attempt(() => markers.load());
  sync.beginUndoGroup();
  caret.moved(editor);
  // If this request fails, the main process keeps the text and retries.
  sync.takeUnsaved().catch(() => undefined);

  return {
    sync,
    editor,
    caret,
    playback,
    finding,
    doubts,
    names,
    ruleOffer,
    spelling,
    speakers,
    who,
    checking,
    citing,
    visit: (segmentId) => {
      goToSegment(editor, playback, segmentId, false);
      editor.focus();
    },
    dismissSimilar() {
      who.similar.dismiss();
      editor.focus();
    },
    markers,
    readAloud,
    live,
    keptEdits: new KeptEdits(sync),
    applied: new AppliedCorrections(sync),
    goTo,
    act,
    insertSnippet: (place) => snippets.insert(place),
    anywhere: (action) => transportActions(playback, setMarker)[action](),
    setMarker,
    reload() {
      checking.beforeReload();
      playback.reload();
      void sync.reopen();
    },
    begin(viewState, segmentId, plays) {
      if (segmentId === null) restoreViewState(editor, viewState);
      else goToSegment(editor, playback, segmentId, plays);
      // The text is drawn first.
      requestAnimationFrame(() => {
        sync.loadWords();
        void who.overview.read();
        checking.load().catch(() => undefined);
        if (facts().complete) ruleOffer.load().catch(() => undefined);
      });
    },
    speak(next) {
      if (next === t) return;
      t = next;
      editor.speak(editorWords(t, t('textOf', { name: facts().name })));
      showSkipped();
      showMarkers();
      spelling.speak();
    },
    keep() {
      keeper.keep();
      void sync.flush();
    },
    close() {
      readAloud.close();
      doubts.close();
      spelling.dispose();
      caret.close();
      keeper.keep();
      keeper.close();
      names.close();
      ruleOffer.dispose();
      who.dispose();
      markers.close();
      checking.dispose();
      playback.close();
      void sync.close();
      editor.close();
    },
  };
}
