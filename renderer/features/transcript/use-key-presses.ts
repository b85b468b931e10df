import { useLayoutEffect, useRef } from 'react';
import { usePlatform } from '../../components/use-language.ts';
import { useNavigation } from '../../stores/navigation.ts';
import { actionFor, type TranscriptAction } from './transcript-keys.ts';

/** Does something with a key press, or gives false: then it goes its usual way. `isInField` is beside the text. */
export type KeyPressHandler = (event: KeyboardEvent, isInField: boolean) => boolean;

/** Hears every key press before the text does, from the first moment on; not while something lies over the screen. */
export function useKeyPresses(handle: KeyPressHandler): void {
  const latest = useRef(handle);
  useLayoutEffect(() => {
    latest.current = handle;
  });
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || useNavigation.getState().overlay !== null) return;
      if (event.key === 'Escape' && closesItself(event.target)) return;
      if (latest.current(event, isOtherField(event.target))) event.preventDefault();
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, []);
}

/** The keys of a transcript's actions; `act` gives false for one that it does not know. */
export function useActionKeys(act: (action: TranscriptAction) => boolean): void {
  const platform = usePlatform();
  useKeyPresses((event, isInField) => {
    const action = actionFor(event, platform, isInField);
    return action !== null && act(action);
  });
}

/** Whether a key press belongs to a field or a menu beside the text. */
function isOtherField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('.cm-editor') !== null) return false;
  return target.closest('input:not([type=range]), textarea, select, [role=menu], [role=dialog]') !== null;
}

/** Whether Escape belongs to what has the keyboard: a popover, a menu, the search. */
function closesItself(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role=menu], [role=dialog], [data-closes-on-escape]') !== null
  );
}
