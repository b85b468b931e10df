import { assert } from 'vitest';
import { AppError } from '../../../../../src/contract/errors.ts';
import { exampleSegment } from '../../document/example-segments.ts';
import { transcriptOf } from '../../document/outlines.ts';
import { readTheSame } from '../../document/text-change.ts';
import type { SyncCommand } from '../command.ts';
import type { SyncEffect, SyncEvent } from '../sync-events.ts';
import { openedState, type SyncState, type TimerName } from '../sync-state.ts';
import { transition } from '../transition.ts';
import { savedState } from '../unsent.ts';
import { ModelScreen } from './model-screen.ts';
import { ModelServer } from './model-server.ts';

/** How the main process handles a request. */
export type Handling = 'done' | 'tooMuchToTell' | 'diskFull';

/** More steps than this to become idle would be a loop. */
const MOST_STEPS = 400;

type Asked = Extract<SyncEffect, { type: 'edit' | 'ask' | 'open' | 'fetchWords' }>;

/** An open transcript with a screen, a user and a main process; nothing happens in it but what a test requests. */
export class Simulation {
  readonly server: ModelServer;
  readonly screen: ModelScreen;
  state: SyncState;
  /** Texts that the main process keeps in case the page is gone. */
  kept: readonly string[] = [];
  readonly #transition: typeof transition;
  readonly #requests: Asked[] = [];
  /** Answers and events in transit to the window, in order. */
  readonly #messages: SyncEvent[] = [];
  readonly #timers = new Set<TimerName>();
  /** What had been typed when each undo was requested. */
  readonly #typedBefore = new Map<SyncCommand, ReadonlySet<string>>();
  readonly #typed = new Set<string>();
  readonly #deleted = new Set<string>();
  #words = 0;
  #asks = 0;
  #nowMs = 0;

  constructor(texts: readonly string[], how = transition) {
    this.#transition = how;
    this.server = new ModelServer(
      texts.map((text, index) =>
        exampleSegment(`s${index}`, index * 3000, text, { speaker: index % 3 === 2 ? 'Ben' : 'Ann' }),
      ),
    );
    const view = transcriptOf(this.server.open());
    this.screen = new ModelScreen(view.segments);
    this.state = openedState(view);
  }

  /** A word typed at the start or the end of a segment; it begins a text that has none. */
  type(which: number, atEnd: boolean): void {
    this.#words += 1;
    const word = `typed${this.#words}`;
    this.#typed.add(word);
    this.#nowMs += 100;
    const { table } = this.screen;
    const index = table.segments.length === 0 ? -1 : which % table.segments.length;
    const place = (atEnd ? table.to[index] : table.from[index]) ?? this.screen.document.length;
    const own = index < 0 ? this.screen.document : this.screen.textAt(index);
    const text = own.trim() === '' ? word : atEnd || index < 0 ? ` ${word}` : `${word} `;
    this.take(this.screen.change(place, place, text, this.#nowMs));
  }

  /** Deletes a segment's whole text. */
  empty(which: number): void {
    const { table } = this.screen;
    if (table.segments.length === 0) return;
    const index = which % table.segments.length;
    for (const word of wordsIn(this.screen.textAt(index))) this.#deleted.add(word);
    this.#nowMs += 100;
    this.take(this.screen.change(table.from[index] as number, table.to[index] as number, '', this.#nowMs));
  }

  /** Puts the caret in a segment. */
  moveTo(which: number): void {
    const { from, segments } = this.screen.table;
    this.screen.caret = from[which % Math.max(1, segments.length)] ?? 0;
    this.take({ type: 'groupBegan', emptied: this.screen.emptied() });
  }

  /** The user runs a command; if it names segments, `which` says where it begins. */
  command(kind: SyncCommand['kind'], which: number): void {
    const { segments } = this.screen.table;
    const at = which % Math.max(1, segments.length);
    const ids = segments.slice(at, at + 2).map(({ id }) => id);
    const [first = 'none', second = 'none'] = ids;
    const command = this.#commandOf(kind, first, second);
    if (kind === 'undo') this.#typedBefore.set(command, new Set(this.#typed));
    this.take({ type: 'commanded', ticket: null, command });
  }

  /** The main process handles the next request. */
  handle(how: Handling): void {
    const asked = this.#requests.shift();
    if (asked === undefined) return;
    const isRefused = how === 'diskFull';
    if (asked.type === 'ask' && asked.command.kind === 'undo' && !isRefused) this.#checkUndo(asked.command);
    try {
      if (isRefused) throw new AppError('disk.failed', {});
      this.#messages.push(this.#answer(asked, how));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#messages.push(asked.type === 'fetchWords' ? { type: 'wordsFailed' } : { type: 'refused', error });
    }
  }

  /** The next answer or event reaches the window. */
  deliver(): void {
    const message = this.#messages.shift();
    if (message === undefined) return;
    const before = this.screen.table.segments.map(
      ({ id }, index) => [id, this.screen.textAt(index)] as const,
    );
    this.take(message);
    if (message.type !== 'arrived') return;
    // Visible words never change because more of them are loaded.
    for (const [id, text] of before)
      assert.strictEqual(this.screen.textAt(this.screen.table.indexes.get(id) ?? -1), text);
  }

  arrive(): void {
    this.#words += 1;
    const segment = this.server.arrive(`arrived${this.#words}`);
    this.#messages.push({ type: 'arrived', segments: [segment], skipped: [], otherLanguages: [] });
  }

  retranscribe(which: number, length: number): void {
    this.#words += 1;
    const from = which % Math.max(1, this.server.segments.length);
    this.server.retranscribe(from, from + 1 + (length % 3), `again${this.#words}`);
    this.#messages.push({ type: 'retranscribed' });
  }

  endTimer(which: number): void {
    const timer = [...this.#timers][which % Math.max(1, this.#timers.size)];
    if (timer === undefined) return;
    this.#timers.delete(timer);
    this.take({ type: 'timerEnded', timer });
  }

  /** Without failures or typing from now on, both sides become idle. */
  rest(): void {
    for (let steps = 0; ; steps += 1) {
      assert.ok(steps < MOST_STEPS, 'comes to rest');
      if (this.#requests.length > 0) this.handle('done');
      else if (this.#messages.length > 0) this.deliver();
      else if (this.#timers.size > 0) this.endTimer(0);
      // A failed command's error stays until something else is done.
      else if (savedState(this.state) === 'failed') this.command('flush', 0);
      else return;
    }
  }

  /** Both sides have the same text, and everything that was typed is in it, once. */
  check(): void {
    assert.strictEqual(savedState(this.state), 'saved');
    assert.deepEqual(this.kept, []);
    const { table } = this.screen;
    const { segments } = this.server;
    assert.deepEqual(
      table.segments.map(({ id }) => id),
      segments.map(({ id }) => id),
    );
    for (const [index, { text }] of segments.entries()) {
      const shown = this.screen.textAt(index);
      assert.ok(readTheSame(shown, text), `shows "${shown}" for "${text}"`);
    }
    const words = wordsIn(segments.map(({ text }) => text).join(' '));
    const elsewhere = new Set(wordsIn(this.server.keptBefore.join(' ')));
    for (const word of this.#typed) {
      const times = words.filter((one) => one === word).length;
      const mayBeGone = this.#deleted.has(word) || this.server.shaken.has(word) || elsewhere.has(word);
      assert.ok(times === 1 || (times === 0 && mayBeGone), `${word} stands there ${times} times`);
    }
  }

  /** An event of the window, with all that follows from it synchronously. */
  take(event: SyncEvent | null): void {
    const events = event === null ? [] : [event];
    for (let next = events.shift(); next !== undefined; next = events.shift()) {
      const [state, effects] = this.#transition(this.state, next);
      this.state = state;
      for (const effect of effects) {
        const told = this.#perform(effect);
        if (told !== null) events.push(told);
      }
      assert.strictEqual(this.screen.table.segments, this.state.segments);
    }
  }

  #perform(effect: SyncEffect): SyncEvent | null {
    switch (effect.type) {
      case 'edit':
      case 'ask':
      case 'open':
      case 'fetchWords':
        this.#requests.push(effect);
        assert.ok(this.#requests.filter(({ type }) => type !== 'fetchWords').length < 2, 'one at a time');
        return null;
      case 'pause':
        this.#messages.push({ type: 'resumed' });
        return null;
      case 'wantWords':
        return { type: 'wordsWanted', onScreen: this.screen.table.segments.slice(0, 2).map(({ id }) => id) };
      case 'startTimer':
        this.#timers.add(effect.timer);
        return null;
      case 'stopTimer':
        this.#timers.delete(effect.timer);
        return null;
      case 'keepUnsaved':
        this.kept = effect.runs.flatMap(({ texts }) => texts);
        return null;
      default:
        return this.screen.perform(effect);
    }
  }

  #answer(asked: Asked, how: Handling): SyncEvent {
    if (asked.type === 'open') return { type: 'opened', view: transcriptOf(this.server.open()) };
    if (asked.type === 'fetchWords') {
      const wanted = this.server.segments.filter(({ id }) => asked.segments.includes(id));
      return { type: 'wordsCame', words: new Map(wanted.map(({ id, words }) => [id, words])) };
    }
    this.#asks += 1;
    const { patches, count } =
      asked.type === 'edit'
        ? { patches: this.server.edit(asked.segments, asked.texts, `group${asked.group}`), count: 0 }
        : this.server.ask(asked.command, `ask${this.#asks}`);
    return { type: 'answered', patches: how === 'tooMuchToTell' ? null : patches, count };
  }

  /** An undo reverts what was done before it was requested: all of that, and nothing else, is stored by then. */
  #checkUndo(undo: SyncCommand): void {
    const typedBefore = this.#typedBefore.get(undo);
    const stored = new Set(wordsIn(this.server.stored.join(' ')));
    const elsewhere = new Set(wordsIn(this.server.keptBefore.join(' ')));
    for (const word of this.#typed) {
      if (this.#deleted.has(word) || elsewhere.has(word)) continue;
      assert.strictEqual(stored.has(word), typedBefore?.has(word) === true, `${word} and the undo`);
    }
  }

  #commandOf(kind: SyncCommand['kind'], first: string, second: string): SyncCommand {
    switch (kind) {
      case 'undo':
      case 'redo':
      case 'flush':
        return { kind };
      case 'reopen':
        return { kind, beginsGroup: false };
      case 'assignSpeaker':
        return { kind, segments: [first, second], speaker: 'Eve' };
      case 'renameSpeaker':
        return { kind, from: 'Ann', to: 'Ada' };
      case 'reset':
        return { kind, segments: [first] };
      case 'takeBack':
        return { kind, corrections: [{ versionId: first, number: 1 }] };
      case 'takeHeard':
        return { kind, machineIds: [first] };
      case 'join':
        return { kind, first, second };
      case 'replaceAll':
        return {
          kind,
          search: { find: 'one', replacement: 'uno', matchCase: true, wholeWords: true },
          segments: null,
        };
      case 'split': {
        const text = this.screen.textAt(this.screen.table.indexes.get(first) ?? -1);
        const undoGroup = `split${this.#asks}`;
        return { kind, segment: first, text, at: Math.max(0, text.indexOf(' ')), undoGroup };
      }
    }
  }
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}
