import type { KeyBinding } from '@codemirror/view';
import type { TFunction } from 'i18next';
import type { SegmentFlag, SkippedRange } from '../../../src/contract/transcript.ts';
import type { TranscriptView } from '../../../src/contract/views.ts';
import type { Snapshot } from '../../lib/client.ts';
import { cspNonce } from '../../lib/csp-nonce.ts';
import type { RetranscribeChoice } from '../../stores/navigation.ts';
import { clock, writtenClock } from './document/clock.ts';
import { type Doubts, doubtfulWords, findDoubtsInPauses } from './document/doubts.ts';
import { placeStretches, type StretchPlace } from './document/paragraph-layout.ts';
import { indexAtPosition, indexesInRange } from './document/segment-table.ts';
import type { MarkSentences } from './editor/passage-marks.ts';
import { type EditorWords, TranscriptEditor } from './editor/transcript-editor.ts';
import { type Place, restorePlace, ViewStateKeeper } from './editor/view-state.ts';
import { Finding } from './find/finding.ts';
import type { TranscriptAction } from './keys/transcript-keys.ts';
import { Playback } from './playback/playback.ts';
import { retranscribeChoices, stretchChoice } from './retranscribe/retranscribe-choices.ts';
import { NameReview } from './review/name-review.ts';
import { nextStop } from './review/next-stop.ts';
import { idle } from './sync/idle.ts';
import { WordLoader } from './sync/word-loader.ts';
import { type TellError, TranscriptSession } from './transcript-session.ts';
import type { SpeakerQuestion } from './transcript-state.ts';

/** After the last character typed, the keys of speakers are text for so long. */
const TYPING_MS = 2500;
/** How far one press goes back or forward. */
export const SKIP_MS = 1500;
const NO_DOUBTS: Doubts = new Map();

type Translate = TFunction<['transcript', 'rerun']>;

/** What a desk is given. */
export interface DeskOptions {
  readonly parent: HTMLElement;
  readonly opened: Snapshot<TranscriptView>;
  readonly t: Translate;
  readonly showDoubts: boolean;
  readonly onError: TellError;
  readonly onExport: () => void;
  readonly onVersions: () => void;
  /** Asks what is to be transcribed again. */
  readonly onAgain: (choices: readonly RetranscribeChoice[]) => void;
}

/** An open transcript with everything to work on it: text, sound, search, review. */
export class TranscriptDesk {
  readonly session: TranscriptSession;
  readonly editor: TranscriptEditor;
  readonly playback: Playback;
  readonly finding: Finding;
  readonly review: NameReview;
  readonly #keeper: ViewStateKeeper;
  readonly #words: WordLoader;
  readonly #onExport: () => void;
  readonly #onVersions: () => void;
  readonly #onAgain: DeskOptions['onAgain'];
  readonly #actions: Readonly<Record<TranscriptAction, () => void>> = {
    playPause: () => this.playback.player.toggle(),
    pause: () => this.playback.player.pause(),
    back: () => this.playback.player.skip(-SKIP_MS),
    forward: () => this.playback.player.skip(SKIP_MS),
    slower: () => this.playback.player.changeRate(-1),
    faster: () => this.playback.player.changeRate(1),
    insertTime: () => this.#insertTime(),
    playFromCaret: () => this.playback.playFromCaret(),
    loop: () => this.playback.toggleLoop(),
    undo: () => void this.session.undo(),
    redo: () => void this.session.redo(),
    find: () => this.finding.open(),
    nextDoubt: () => this.#hop(1),
    previousDoubt: () => this.#hop(-1),
    speaker: () => this.askAtCaret(),
    reset: () => void this.session.reset(this.editor.selectedSegments()),
    again: () => this.#askAgain(this.#retranscribeChoices()),
    versions: () => void this.session.flush().then(() => this.#onVersions()),
    export: () => void this.session.flush().then(() => this.#onExport()),
    save: () => void this.session.flush(),
  };
  #t: Translate;
  #typingTimer: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;
  #doubts: Doubts = NO_DOUBTS;
  /** The stretch that was gone to last, until the user goes elsewhere: what is typed there does not count. */
  #heard: SkippedRange | null = null;
  #showsDoubts: boolean;

  constructor({ parent, opened, t, showDoubts, onError, onExport, onVersions, onAgain }: DeskOptions) {
    const transcript = opened.value;
    this.#t = t;
    this.#onExport = onExport;
    this.#onVersions = onVersions;
    this.#onAgain = onAgain;
    this.#showsDoubts = showDoubts;
    this.session = new TranscriptSession(opened, onError, () => this.#keeper.placeNow());
    this.editor = new TranscriptEditor(
      {
        parent,
        nonce: cspNonce(),
        words: editorWords(t, t('textOf', { name: transcript.name })),
        onLabel: (position, label) => this.#askAtLabel(position, label),
        keys: this.#editingKeys(),
        mayBegin: () => this.session.state.getState().facts.complete,
        onTyped: (ids) => this.#typed(ids),
        onSelection: () => this.#selected(),
        onClick: (position, plays) => this.playback.followCaret(position, plays),
        onScroll: () => this.#keeper.moved(),
        onUndo: (redoes) => this.act(redoes ? 'redo' : 'undo'),
        onBlur: () => void this.session.flush(),
      },
      transcript,
    );
    this.session.editor = this.editor;
    this.#keeper = new ViewStateKeeper(
      transcript.recordingId,
      this.editor,
      () => this.playback.player.timeMs,
    );
    this.playback = new Playback(this.session, transcript.place.playheadMs, () => this.#keeper.moved());
    this.finding = new Finding(this.session, this.session);
    this.review = new NameReview(this.session, this.playback);
    this.#setSkipped(transcript.skipped);
    this.session.state.subscribe(({ facts }, { facts: before }) => {
      if (facts.skipped !== before.skipped || facts.complete !== before.complete) {
        this.#setSkipped(facts.skipped);
      }
    });
    this.#words = new WordLoader(transcript.recordingId, this.editor, () => void this.#findDoubts());
    this.session.onReopened = () => this.#words.load();
    this.#selected();
    // Where it cannot be asked for, the main process keeps it and tries by itself.
    this.session.takeUnsaved().catch(() => undefined);
  }

  /** Goes to where the user was, or to a segment that was found. */
  begin(place: Place, segmentId: string | null, plays: boolean): void {
    if (segmentId === null) restorePlace(this.editor, place);
    else this.goToSegment(segmentId, plays);
    // The text is drawn first.
    requestAnimationFrame(() => this.#words.load());
  }

  /** Selects a segment, and plays from it if asked to. */
  goToSegment(id: string, plays: boolean): void {
    const { table } = this.editor;
    const index = table.indexes.get(id);
    const segment = index === undefined ? undefined : table.segments[index];
    if (index === undefined || segment === undefined) return;
    this.editor.select({ from: table.from[index] as number, to: table.to[index] as number }, 'center');
    if (plays) this.playback.player.play(segment.startMs);
    else this.playback.player.seek(segment.startMs);
  }

  /** Selects what is said at a time, and plays from there. */
  goToTime(timeMs: number): void {
    const { table } = this.editor;
    // What begins at that time, and not the one before it that still goes on.
    const segment = table.segments.find(({ endMs }) => endMs > timeMs) ?? table.segments.at(-1);
    if (segment !== undefined) this.goToSegment(segment.id, false);
    this.editor.focus();
    this.playback.player.play(timeMs);
  }

  /** Does what a key or a button means. */
  act(action: TranscriptAction): void {
    this.#actions[action]();
  }

  /** Someone speaks from the segment that is playing on. */
  assignFromHere(speaker: string | undefined): void {
    if (speaker !== undefined) this.playback.assignFromHere(speaker);
  }

  /** Someone speaks in the paragraph at the caret, or in the selected passages. */
  assignAtCaret(speaker: string): void {
    void this.session.assignSpeaker(this.#segmentsAtCaret(), speaker);
  }

  /** Asks who speaks in the paragraph at the caret, or in the selected passages. */
  askAtCaret(): void {
    const { head } = this.editor.view.state.selection.main;
    // The question stands at the caret, which may have been scrolled away.
    this.editor.reveal(head, 'nearest');
    this.#ask(head, { kind: 'paragraph', segments: this.#segmentsAtCaret() });
  }

  /** Answers the question who speaks; null where it is not known. */
  async answer(speaker: string | null): Promise<void> {
    const { question } = this.session.state.getState();
    this.closeQuestion();
    if (question === null) return;
    const { scope } = question;
    if (scope.kind === 'paragraph') {
      await this.session.assignSpeaker(scope.segments, speaker);
      return;
    }
    if (speaker === question.speaker) return;
    this.session.beginGesture();
    const gesture = crypto.randomUUID();
    const segments = await this.session.splitAt(scope.position, gesture);
    await this.session.assignSpeaker(segments, speaker, gesture);
  }

  /** Gives the asked-about speaker another name everywhere. */
  async renameEverywhere(to: string): Promise<void> {
    const { question } = this.session.state.getState();
    this.closeQuestion();
    if (question === null || question.speaker === null) return;
    await this.session.renameSpeaker(question.speaker, to);
  }

  /** Puts the question away; the keyboard goes back to the text unless the user has put it elsewhere. */
  closeQuestion(takesKeyboard = true): void {
    this.session.state.setState({ question: null });
    if (takesKeyboard) this.editor.focus();
  }

  /** Says everything in another language from now on. */
  speak(t: Translate): void {
    if (t === this.#t) return;
    this.#t = t;
    const { name, skipped } = this.session.state.getState().facts;
    this.editor.speak(editorWords(t, t('textOf', { name })));
    this.#setSkipped(skipped);
  }

  showDoubts(shows: boolean): void {
    this.#showsDoubts = shows;
    this.editor.setDoubts(shows ? this.#doubts : NO_DOUBTS);
  }

  /** Keeps the place, stores what is left, and lets everything go. */
  close(): void {
    this.#isClosed = true;
    this.#words.close();
    if (this.#typingTimer !== null) clearTimeout(this.#typingTimer);
    this.#keeper.keep();
    this.#keeper.close();
    this.review.close();
    this.playback.close();
    // What was typed last is read from the editor before it goes.
    void this.session.close();
    this.editor.close();
  }

  /** Stores text and place now: the window may be about to close. */
  keep(): void {
    this.#keeper.keep();
    void this.session.flush();
  }

  #setSkipped(skipped: TranscriptView['skipped']): void {
    const sentence = ({ startMs, endMs, reason }: SkippedRange) =>
      this.#t(reason === 'notUnderstood' ? 'notUnderstood' : 'skipped', {
        from: clock(startMs),
        to: clock(endMs),
      });
    const again = (stretch: SkippedRange) => ({
      label: this.#t(stretch.reason === 'notUnderstood' ? 'rerun:unclearAgain' : 'rerun:thisStretch'),
      run: () => this.#askAboutStretch(stretch),
    });
    const listen = (stretch: SkippedRange) => ({
      label: this.#t('listen'),
      run: () => this.#goToStretch(stretch),
    });
    // Of a text that is not finished, no single stretch can be transcribed again.
    const { complete } = this.session.state.getState().facts;
    this.editor.setSkipped(
      skipped.map((stretch) => ({
        ...stretch,
        sentence: sentence(stretch),
        actions: [
          ...(stretch.reason === 'notUnderstood' ? [listen(stretch)] : []),
          ...(complete ? [again(stretch)] : []),
        ],
      })),
    );
  }

  #askAboutStretch(stretch: SkippedRange): void {
    this.#askAgain([stretchChoice(stretch), { kind: 'whole', startMs: 0, endMs: null }]);
  }

  #askAgain(choices: readonly RetranscribeChoice[]): void {
    void this.session.flush().then(() => {
      // Afterwards the keyboard is back in the text, whatever was used to ask.
      this.editor.focus();
      this.#onAgain(choices);
    });
  }

  #retranscribeChoices(): RetranscribeChoice[] {
    const { table, view } = this.editor;
    const { from, to } = view.state.selection.main;
    const { skipped, complete } = this.session.state.getState().facts;
    const selected = indexesInRange(table, from, to);
    // A text that was opened anew has it as another object.
    const stretch = skipped.find(({ startMs }) => startMs === this.#heard?.startMs) ?? null;
    return retranscribeChoices({ segments: table.segments, selected, skipped, stretch, complete });
  }

  /** Looks for doubtful words, whenever nothing else is to do. */
  async #findDoubts(): Promise<void> {
    const found = await findDoubtsInPauses(this.editor.table.segments, idle);
    if (this.#isClosed) return;
    this.#doubts = found;
    let doubts = 0;
    for (const own of found.values()) doubts += own.length;
    this.session.state.setState({ doubts });
    this.showDoubts(this.#showsDoubts);
  }

  #typed(ids: readonly string[]): void {
    this.session.typed(ids);
    this.review.typed(ids);
    this.finding.textChanged();
    this.#keeper.moved();
    if (!this.session.state.getState().isTyping) this.session.state.setState({ isTyping: true });
    if (this.#typingTimer !== null) clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.session.state.setState({ isTyping: false }), TYPING_MS);
  }

  #selected(): void {
    this.#heard = null;
    this.session.beginGesture();
    this.#keeper.moved();
    const { table, view } = this.editor;
    const { main } = view.state.selection;
    const flags = table.segments[indexAtPosition(table, main.head)]?.flags ?? [];
    const before = this.session.state.getState();
    if (before.flags !== flags || before.selectionIsEmpty !== main.empty) {
      this.session.state.setState({ flags, selectionIsEmpty: main.empty });
    }
  }

  #segmentsAtCaret(): string[] {
    const { empty, head } = this.editor.view.state.selection.main;
    return empty ? this.editor.paragraphSegments(head) : this.editor.selectedSegments();
  }

  #insertTime(): void {
    const { view } = this.editor;
    const { from } = view.state.selection.main;
    const blank = /\S/u.test(view.state.sliceDoc(Math.max(0, from - 1), from)) ? ' ' : '';
    const text = `${blank}${writtenClock(this.playback.player.timeMs)} `;
    view.dispatch(view.state.replaceSelection(text), { userEvent: 'input', scrollIntoView: true });
    view.focus();
  }

  /**
   * Goes to the next doubtful word or stretch that was not understood, or to the one before, and plays it. A stretch ranks
   * before all words of the segment that it stands in front of.
   */
  #hop(direction: 1 | -1): void {
    const { table, view } = this.editor;
    const { from } = view.state.selection.main;
    const unclear = this.#unclearStretches();
    const rankOf = (place: number) => place - unclear.length;
    const heard = unclear.findIndex(({ startMs }) => startMs === this.#heard?.startMs);
    const here =
      heard < 0
        ? { slot: Math.max(0, indexAtPosition(table, from)), rank: from }
        : { slot: unclear[heard]?.before ?? 0, rank: rankOf(heard) };
    const stop = nextStop(here, direction, table.segments.length + 1, (slot) => [
      ...unclear.flatMap((stretch, place) =>
        stretch.before === slot ? [{ rank: rankOf(place), stretch, word: null }] : [],
      ),
      ...this.#doubtfulPlaces(slot).map((word) => ({ rank: word.from, stretch: null, word })),
    ]);
    if (stop === null) return;
    if (stop.stretch !== null) {
      this.#goToStretch(stop.stretch);
      return;
    }
    this.editor.select(stop.word, 'center');
    view.focus();
    this.playback.playAround(stop.word);
  }

  /** Puts the caret where the words of a stretch are missing, and plays it. */
  #goToStretch(stretch: SkippedRange): void {
    const { table, view } = this.editor;
    const before = placeStretches(table.segments, [stretch])[0]?.before ?? 0;
    const position = (before === 0 ? table.from[0] : table.to[before - 1]) ?? 0;
    this.editor.select({ from: position, to: position }, 'center');
    view.focus();
    this.#heard = stretch;
    this.playback.playSpan(stretch);
  }

  #unclearStretches(): (SkippedRange & StretchPlace)[] {
    const { skipped } = this.session.state.getState().facts;
    const unclear = skipped.filter(({ reason }) => reason === 'notUnderstood');
    return placeStretches(this.editor.table.segments, unclear);
  }

  #doubtfulPlaces(index: number): { from: number; to: number }[] {
    const segment = this.editor.table.segments[index];
    if (segment === undefined) return [];
    const doubtful = new Set(doubtfulWords(segment, this.#doubts).map((word) => segment.words[word]));
    if (doubtful.size === 0) return [];
    return this.editor.wordsAt(index).filter(({ word }) => doubtful.has(word));
  }

  #askAtLabel(position: number, label: HTMLElement): void {
    const { left, top, height } = label.getBoundingClientRect();
    this.#ask(
      position,
      { kind: 'paragraph', segments: this.editor.paragraphSegments(position) },
      { left, top, height },
    );
  }

  #ask(position: number, scope: SpeakerQuestion['scope'], place?: SpeakerQuestion['place']): void {
    const { table, view } = this.editor;
    const at = place ?? caretPlace(view.coordsAtPos(position));
    const speaker = table.segments[indexAtPosition(table, position)]?.speaker ?? null;
    if (scope.kind === 'paragraph' && scope.segments.length === 0) return;
    this.session.state.setState({ question: { place: at, speaker, scope } });
  }

  /** Keys that mean something else at the ends of a paragraph than in any text field. */
  #editingKeys(): readonly KeyBinding[] {
    return [
      {
        key: 'Enter',
        run: ({ state }) => {
          const { head } = state.selection.main;
          this.#ask(head, { kind: 'split', position: head });
          return true;
        },
      },
      {
        key: 'Backspace',
        run: ({ state }) => this.#joinAt(state.selection.main.empty, state.selection.main.head),
      },
      {
        key: 'Delete',
        run: ({ state }) => {
          const { empty, head } = state.selection.main;
          const line = state.doc.lineAt(head);
          return head === line.to && head < state.doc.length && this.#joinAt(empty, head + 1);
        },
      },
    ];
  }

  /** At the beginning of a paragraph: it becomes part of the one before. */
  #joinAt(isEmpty: boolean, position: number): boolean {
    const { table, view } = this.editor;
    const line = view.state.doc.lineAt(position);
    if (!isEmpty || position !== line.from || line.number === 1) return false;
    // An emptied paragraph is simply taken away.
    if (line.text === '' || view.state.doc.line(line.number - 1).text === '') return false;
    const own = this.editor.paragraphSegments(position);
    const first = own[0] === undefined ? undefined : table.indexes.get(own[0]);
    const previous = first === undefined ? undefined : table.segments[first - 1];
    if (first === undefined || previous === undefined) return true;
    if (previous.speaker === table.segments[first]?.speaker)
      void this.session.join(previous.id, own[0] as string);
    else void this.session.assignSpeaker(own, previous.speaker);
    return true;
  }
}

function caretPlace(
  coordinates: { left: number; top: number; bottom: number } | null,
): SpeakerQuestion['place'] {
  if (coordinates === null) return { left: window.innerWidth / 3, top: window.innerHeight / 3, height: 0 };
  return { left: coordinates.left, top: coordinates.top, height: coordinates.bottom - coordinates.top };
}

/** What the editor of a transcript says. */
export function editorWords(t: TFunction<'transcript'>, label: string): EditorWords {
  return {
    label,
    labels: { unknownSpeaker: t('unknownSpeaker'), whoSpeaks: t('whoSpeaks') },
    marks: markSentences(t),
  };
}

/** What the marks in a text say when the pointer rests on them. */
function markSentences(t: TFunction<'transcript'>): MarkSentences {
  return {
    doubts: {
      negation: t('doubtNegation'),
      dose: t('doubtDose'),
      number: t('doubtNumber'),
      name: t('doubtName'),
      word: t('doubtWord'),
    },
    flags: flagSentences(t),
  };
}

/** What each flag of a passage says to the reader. */
export function flagSentences(t: TFunction<'transcript'>): Readonly<Record<SegmentFlag, string>> {
  return { loop: t('flagLoop'), improbable: t('flagImprobable'), overlap: t('flagOverlap') };
}
