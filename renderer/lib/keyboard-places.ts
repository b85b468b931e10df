/** Focus history: when a temporary layer closes, the focus returns to where it was before. */
const LAYERS = '[role=dialog], [role=menu], [data-passing]';

/** The last focused element of each layer, and of the page below them; the newest last. */
const places = new Map<Element, HTMLElement>();

/** Records that an element has the focus. */
export function noteKeyboardPlace(element: HTMLElement): void {
  const layer = element.closest(LAYERS) ?? document.body;
  places.delete(layer);
  for (const known of places.keys()) if (!known.isConnected) places.delete(known);
  places.set(layer, element);
}

/** The last focused element still mounted; null if none. */
export function lastKeyboardPlace(): HTMLElement | null {
  return [...places.values()].findLast((place) => place.isConnected) ?? null;
}

/** Whether nothing has the focus, as after the focused element was removed. */
export function isKeyboardLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/**
 * Whether the focus is unused: on the page or the screen as a whole, or at the edge of a dialog that only passes
 * it on.
 */
export function isKeyboardFree(): boolean {
  return isKeyboardLost() || document.activeElement?.matches('main, [data-radix-focus-guard]') === true;
}

/** For closing layers: the focus returns to where it was, unless it has moved by itself. */
export function returnKeyboard(event: Event): void {
  event.preventDefault();
  if (isKeyboardLost()) lastKeyboardPlace()?.focus();
}
