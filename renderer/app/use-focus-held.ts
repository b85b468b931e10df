import { useEffect } from 'react';
import { isKeyboardLost, lastKeyboardPlace, noteKeyboardPlace } from '../lib/keyboard-places.ts';

/** Time for the code that removed an element to move the focus itself. */
const SETTLING_MS = 100;

/**
 * Keeps the focus in the window: when the focused element is removed, its container gets the focus, or the element
 * that had it before, or at last the screen. Otherwise keys would be lost, and a screen reader would start at the top.
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

/** Whether an element is still mounted and focusable; the screen as a whole comes last. */
function canHold(element: HTMLElement): boolean {
  return (
    element.isConnected && element.hasAttribute('tabindex') && !isEdge(element) && !element.matches('main')
  );
}

/** Whether an element only passes the focus on, as the ends of a dialog do. */
function isEdge(element: HTMLElement): boolean {
  return element.hasAttribute('data-radix-focus-guard');
}
