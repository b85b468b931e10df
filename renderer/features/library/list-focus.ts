import type { Virtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, useEffect, useRef, useState } from 'react';

/** On return to a list, the row that had the focus is visible again. */
export function useScrolledTo(rows: Virtualizer<HTMLDivElement, Element>, index: number): void {
  const [first] = useState(index);
  useEffect(() => {
    if (first > 0) rows.scrollToIndex(first, { align: 'center' });
  }, [rows, first]);
}

/** Focuses a row: at once if it is drawn, so that the next key finds it there, else when it is. */
export function focusRow(scroller: HTMLElement | null, id: string): void {
  const row = () => scroller?.querySelector<HTMLElement>(`[data-recording-id="${id}"]`) ?? null;
  const drawn = row();
  if (drawn !== null) drawn.focus({ preventScroll: true });
  else requestAnimationFrame(() => row()?.focus({ preventScroll: true }));
}

/**
 * When the focused row is removed, the one in its place gets the focus. One that only moves keeps it: its element
 * may be removed and reinserted, which loses the focus. Returns the function that notes which row has it.
 */
export function useFocusKept(
  order: readonly string[],
  onSuccession: (successor: string) => void,
  onMoved: (id: string) => void,
  onFocus: (id: string) => void,
): { onFocus: (event: FocusEvent) => void; onBlur: (event: FocusEvent) => void } {
  const last = useRef(order);
  const held = useRef<string | null>(null);
  const tell = useRef(onFocus);
  useEffect(() => {
    tell.current = onFocus;
    const { current: before } = last;
    const { current: had } = held;
    last.current = order;
    if (had === null || before === order || document.activeElement !== document.body) return;
    if (order.includes(had)) onMoved(had);
    else {
      const successor = order[Math.min(Math.max(0, before.indexOf(had)), order.length - 1)];
      if (successor !== undefined) onSuccession(successor);
    }
  });
  const [watch] = useState(() => ({
    onFocus: ({ target }: FocusEvent) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-recording-id]') : null;
      if (row === null) return;
      held.current = row.dataset.recordingId ?? null;
      if (held.current !== null) tell.current(held.current);
    },
    // A menu returns the focus; whatever else takes it keeps it.
    onBlur: ({ relatedTarget, currentTarget }: FocusEvent) => {
      if (!(relatedTarget instanceof Element) || currentTarget.contains(relatedTarget)) return;
      if (relatedTarget.closest('[role=menu]') === null) held.current = null;
    },
  }));
  return watch;
}
