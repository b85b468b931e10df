import { useEffect } from 'react';
import { isKeyboardLost, lastKeyboardPlace, noteKeyboardPlace } from '../lib/keyboard-places.ts';

/** Time for whoever took an element away to put the keyboard somewhere better. */
const SETTLING_MS = 100;

/**
 * Keeps the keyboard in the window: when the element that had it goes away, what it stood in gets it, or the place where it
 * was before, or at last the screen. Otherwise keys would reach nothing, and a screen reader would begin at the top.
 */
export function useFocusHeld(): void {
  useEffect(() => {
    let around: readonly EventTarget[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const note = (event: FocusEvent) => {
      around = event.composedPath();
      if (event.target instanceof HTMLElement && !isEdge(event.target)) noteKeyboardPlace(event.target);
    };
    const look = () => {
      timer = null;
      const left = around.filter((one) => one instanceof HTMLElement).find(canHold);
      for (const place of [left, lastKeyboardPlace(), document.querySelector<HTMLElement>('main')]) {
        if (isKeyboardLost()) place?.focus({ preventScroll: true });
      }
    };
    const changes = new MutationObserver(() => {
      if (isKeyboardLost()) timer ??= setTimeout(look, SETTLING_MS);
    });
    changes.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', note);
    return () => {
      changes.disconnect();
      document.removeEventListener('focusin', note);
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
}

/** Whether an element is still there and takes the keyboard; the screen as a whole comes last. */
function canHold(element: HTMLElement): boolean {
  return (
    element.isConnected && element.hasAttribute('tabindex') && !isEdge(element) && !element.matches('main')
  );
}

/** Whether an element only hands the keyboard on, as the ends of a dialog do. */
function isEdge(element: HTMLElement): boolean {
  return element.hasAttribute('data-radix-focus-guard');
}
