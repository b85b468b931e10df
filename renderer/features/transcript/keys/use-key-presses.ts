import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Shortcut, TRANSPORT_IDS, type TransportId } from '../../../../src/contract/shortcuts.ts';
import { HeldKeys } from '../../../lib/held-keys.ts';
import { modifierOf, namesOf } from '../../../lib/key-press.ts';
import { type MediaPress, onMediaKey } from '../../../lib/media-keys.ts';
import { useNavigation } from '../../../stores/navigation.ts';
import { onPedalPress } from '../../../stores/pedals.ts';
import { currentKeys } from '../../../stores/shortcuts.ts';
import {
  actionNamed,
  type HeldAction,
  isHeld,
  repeats,
  type SpeakerAction,
  type TranscriptAction,
  unheld,
} from './transcript-keys.ts';

/** Handles a key press, or returns false: then it is not consumed. `isInField` is beside the text. */
export type KeyPressHandler = (event: KeyboardEvent, isInField: boolean) => boolean;

/** Handles every key press before the text does, from mounting on; not while a layer is over the screen. */
export function useKeyPresses(handle: KeyPressHandler): void {
  const latest = useLatest(handle);
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isCovered()) return;
      if (event.key === 'Escape' && closesItself(event.target)) return;
      if (latest.current(event, isOtherField(event.target))) event.preventDefault();
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, [latest]);
}

/** What a transcript does with its keys. */
export interface ActionKeys {
  /** Returns false for an unknown action. */
  readonly act: (action: TranscriptAction | SpeakerAction) => boolean;
  /** An action that lasts while a key is down begins/ends. */
  readonly hold: (action: HeldAction, isDown: boolean) => void;
  readonly isPlaying: () => boolean;
  /** A key was pressed that acts from any program. */
  readonly anywhere: (action: TransportId) => void;
}

/** Source of a press: some systems send a media key both to the window and to their media controls. */
type Source = 'key' | 'media' | 'pedal';
const SAME_PRESS_MS = 500;

interface PressFacts {
  readonly from: Source;
  /** Which key or button it is. */
  readonly source: string;
  readonly isInField?: boolean;
  readonly isRepeat?: boolean;
  readonly wants?: MediaPress['wants'];
}

/** The keys, pedals and media keys of a transcript's actions. */
export function useActionKeys(actions: ActionKeys): void {
  const latest = useLatest(actions);
  const [current] = useState(() => new Presses(latest));
  useKeyPresses((event, isInField) => {
    const { platform } = currentKeys();
    const names = namesOf(event, platform);
    if (typeof names === 'string') return false;
    const source = event.code || event.key;
    return current.press(names, { from: 'key', source, isInField, isRepeat: event.repeat });
  });
  useEffect(() => {
    const up = (event: KeyboardEvent) => {
      current.release(event.code || event.key);
      const modifier = modifierOf(event.key, currentKeys().platform);
      if (modifier !== null) current.releaseModifier(modifier);
    };
    // Without focus, no keyup comes.
    const lose = () => current.releaseAll();
    const hide = () => document.hidden && lose();
    window.addEventListener('keyup', up, { capture: true });
    window.addEventListener('blur', lose);
    document.addEventListener('visibilitychange', hide);
    const endPedals = onPedalPress(({ shortcut, isDown }) => {
      if (!isDown) current.release(shortcut);
      else if (!isCovered()) current.press([shortcut], { from: 'pedal', source: shortcut });
    });
    const endMediaKeys = onMediaKey(({ shortcut, wants }) => {
      if (!isCovered()) current.press([shortcut], { from: 'media', source: shortcut, wants });
    });
    // Whatever is over the screen here: somebody is looking at another program.
    const endTransport = window.voicesync.subscribe(({ event }) => {
      if (event.type === 'transportKey') latest.current.anywhere(event.action);
    });
    return () => {
      window.removeEventListener('keyup', up, { capture: true });
      window.removeEventListener('blur', lose);
      document.removeEventListener('visibilitychange', hide);
      endPedals();
      endMediaKeys();
      endTransport();
      lose();
    };
  }, [current, latest]);
}

/** Maps presses to actions: once, repeated, or for as long as they last. */
class Presses {
  readonly #actions: { readonly current: ActionKeys };
  readonly #held = new HeldKeys<HeldAction>();
  #lastMedia: { readonly from: Source; readonly shortcut: Shortcut; readonly atMs: number } | null = null;

  constructor(actions: { readonly current: ActionKeys }) {
    this.#actions = actions;
  }

  /** Returns whether the press means something. */
  press(names: readonly Shortcut[], how: PressFacts): boolean {
    const { keys, platform } = currentKeys();
    const action = actionNamed(names, keys, platform, how.isInField === true);
    if (action === null) return false;
    const [shortcut = ''] = names;
    // The system hands this press over as well.
    if (TRANSPORT_IDS.some((id) => keys[id].includes(shortcut))) return true;
    if (shortcut.startsWith('Media') && this.#isSameAgain(how.from, shortcut)) return true;
    const { act, hold, isPlaying } = this.#actions.current;
    // The same press may have arrived as a key.
    const isDone = { playing: isPlaying(), paused: !isPlaying() };
    if (action === 'playPause' && how.wants != null && isDone[how.wants]) return true;
    if (!isHeld(action)) {
      if (how.isRepeat === true && !repeats(action)) return true;
      return act(action);
    }
    if (how.from === 'media') return act(unheld(action));
    if (how.isRepeat !== true && this.#held.press(how.source, shortcut, action)) hold(action, true);
    return true;
  }

  release(source: string): void {
    this.#end(this.#held.release(source));
  }

  releaseModifier(modifier: string): void {
    this.#end(this.#held.releaseModifier(modifier));
  }

  releaseAll(): void {
    this.#end(this.#held.releaseAll());
  }

  #end(actions: readonly HeldAction[]): void {
    for (const action of actions) this.#actions.current.hold(action, false);
  }

  #isSameAgain(from: Source, shortcut: Shortcut): boolean {
    const last = this.#lastMedia;
    const atMs = performance.now();
    const isSoon = last?.shortcut === shortcut && atMs - last.atMs < SAME_PRESS_MS;
    if (isSoon && last.from !== from) return true;
    this.#lastMedia = { from, shortcut, atMs };
    return false;
  }
}

function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}

function isCovered(): boolean {
  return useNavigation.getState().overlay !== null;
}

/** Whether a key press belongs to a field or a menu beside the text. */
function isOtherField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('.cm-editor') !== null) return false;
  return target.closest('input:not([type=range]), textarea, select, [role=menu], [role=dialog]') !== null;
}

/** Whether Escape belongs to the focused element: a popover, a menu, the search. */
function closesItself(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role=menu], [role=dialog], [data-closes-on-escape]') !== null
  );
}
