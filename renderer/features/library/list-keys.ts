import type { KeyboardEvent } from 'react';
import { namesOf } from '../../lib/key-press.ts';
import { meaningOf } from '../../lib/shortcuts.ts';
import { isBeingRecorded } from '../../stores/captures.ts';
import { useLibrary } from '../../stores/library.ts';
import { binRecordings, moveInQueue } from '../../stores/library-actions.ts';
import { exportRecordings, openTranscript, showOverlay } from '../../stores/navigation.ts';
import { currentKeys } from '../../stores/shortcuts.ts';
import { moveBy, NO_SELECTION, type Selection, selectAll, toggleOne } from './selection.ts';

/** Rows per PageUp and PageDown. */
const PAGE = 10;

/** The keys of a row. Returns whether the key was one of them. */
export function takeKey(
  event: KeyboardEvent,
  list: {
    order: readonly string[];
    selection: Selection;
    moveFocus: (selection: Selection) => void;
    onSelect: (selection: Selection) => void;
    onRename: (id: string) => void;
  },
): boolean {
  const { order, selection } = list;
  const { keys, platform } = currentKeys();
  const names = namesOf(event.nativeEvent, platform);
  if (typeof names === 'string') return false;
  const meaning = meaningOf(names, keys, ['library'], platform);
  if (meaning === 'earlier' || meaning === 'later')
    return takeQueueKey(meaning === 'earlier' ? -1 : 1, selection.focus);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: PAGE,
    PageUp: -PAGE,
    Home: -order.length,
    End: order.length,
  };
  const step = event.altKey ? undefined : steps[event.key];
  if (step !== undefined) {
    list.moveFocus(moveBy(order, selection, step, event.shiftKey));
    return true;
  }
  const id = selection.focus ?? order[0];
  if (id === undefined) return false;
  const ids = selection.ids.size > 0 ? order.filter((one) => selection.ids.has(one)) : [id];
  switch (meaning ?? names[0]?.replace('Shift+', '')) {
    case 'Mod+A':
      list.onSelect(selectAll(order, selection));
      return true;
    case 'exportRecordings':
      exportAll(ids);
      return true;
    case 'Space':
      list.onSelect(toggleOne(selection, id));
      return true;
    case 'Escape':
      list.onSelect({ ...NO_SELECTION, focus: id });
      return true;
    case 'Enter':
      open(id);
      return true;
    case 'rename':
      list.onRename(id);
      return true;
    case 'toBin':
      remove(ids);
      return true;
    default:
      return false;
  }
}

/** Moves queued jobs. */
function takeQueueKey(by: -1 | 1, id: string | null): boolean {
  if (id === null) return false;
  moveInQueue(id, by);
  return true;
}

function open(id: string): void {
  const recording = useLibrary.getState().recordings.get(id);
  const canOpen = recording?.hasTranscript || isBeingRecorded(id);
  if (canOpen && recording?.binnedAtMs === null) openTranscript(id);
}

/** Exports those that have text. */
function exportAll(ids: readonly string[]): void {
  const { recordings } = useLibrary.getState();
  const withText = ids.filter((id) => recordings.get(id)?.hasTranscript);
  if (withText.length > 0) exportRecordings(withText);
}

/** Moves to the bin; erases what is already there, once confirmed. */
function remove(ids: readonly string[]): void {
  const { recordings } = useLibrary.getState();
  if (ids.every((id) => recordings.get(id)?.binnedAtMs !== null)) {
    showOverlay({ kind: 'erase', recordingIds: ids });
  } else binRecordings(ids);
}
