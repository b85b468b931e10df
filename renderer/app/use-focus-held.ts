import { useEffect } from 'react';

/** Time for whoever took an element away to put the keyboard somewhere better. */
const SETTLING_MS = 100;

/**
 * Keeps the keyboard in the window: when the element that had it goes away, what it stood in gets it, or at last the
 * screen. Otherwise keys would reach nothing, and a screen reader would begin at the top.
 */
export function useFocusHeld(): void {
  useEffect(() => {
    let around: readonly EventTarget[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const note = (event: FocusEvent) => {
      around = event.composedPath();
    };
    const look = () => {
      timer = null;
      if (document.activeElement !== document.body) return;
      const left = around.find((one) => one instanceof HTMLElement && canHold(one)) as
        | HTMLElement
        | undefined;
      (left ?? document.querySelector('main'))?.focus({ preventScroll: true });
    };
    const changes = new MutationObserver(() => {
      if (document.activeElement === document.body) timer ??= setTimeout(look, SETTLING_MS);
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

/** Whether an element is still there and takes the keyboard; not what only hands it on, as the ends of a dialog do. */
function canHold(element: HTMLElement): boolean {
  return (
    element.isConnected && element.hasAttribute('tabindex') && !element.hasAttribute('data-radix-focus-guard')
  );
}
