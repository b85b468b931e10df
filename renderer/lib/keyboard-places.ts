/** What goes away again while the window stays: the keyboard then returns to where it was before. */
const LAYERS = '[role=dialog], [role=menu], [data-passing]';

/** The element that had the keyboard last in each layer, and in the page below them; the newest last. */
const places = new Map<Element, HTMLElement>();

/** Notes that an element has the keyboard. */
export function noteKeyboardPlace(element: HTMLElement): void {
  const layer = element.closest(LAYERS) ?? document.body;
  places.delete(layer);
  for (const known of places.keys()) if (!known.isConnected) places.delete(known);
  places.set(layer, element);
}

/** Where the keyboard was last, of what is still there; null where nothing is. */
export function lastKeyboardPlace(): HTMLElement | null {
  return [...places.values()].findLast((place) => place.isConnected) ?? null;
}

/** Whether nothing has the keyboard, as when the element that had it has gone. */
export function isKeyboardLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/**
 * Whether nobody uses the keyboard: it is on the page or the screen as a whole, or at the edge of a dialog that only hands
 * it on.
 */
export function isKeyboardFree(): boolean {
  return isKeyboardLost() || document.activeElement?.matches('main, [data-radix-focus-guard]') === true;
}

/** For what closes over the screen: the keyboard returns to where it was, unless it has gone somewhere by itself. */
export function returnKeyboard(event: Event): void {
  event.preventDefault();
  if (isKeyboardLost()) lastKeyboardPlace()?.focus();
}
