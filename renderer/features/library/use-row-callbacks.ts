import { useEffect, useRef, useState } from 'react';
import { draggedRows, setDraggedRows } from '../../stores/dragged-rows.ts';
import { useLibrary } from '../../stores/library.ts';
import { moveJob } from '../../stores/library-actions.ts';
import type { RowCallbacks } from './recording-row.tsx';
import { extendTo, type Selection, selectOne, toggleOne } from './selection.ts';

/** Callbacks with stable identity, so that unchanged rows are not redrawn. */
export function useRowCallbacks(
  order: readonly string[],
  selection: Selection,
  onSelect: (selection: Selection) => void,
  onRename: (id: string | null) => void,
): RowCallbacks {
  const latest = useRef({ order, selection, onSelect, onRename });
  useEffect(() => {
    latest.current = { order, selection, onSelect, onRename };
  });
  const [callbacks] = useState<RowCallbacks>(() => ({
    onPress: (id, { ctrlKey, metaKey, shiftKey }) => {
      const now = latest.current;
      if (shiftKey) now.onSelect(extendTo(now.order, now.selection, id));
      else now.onSelect(ctrlKey || metaKey ? toggleOne(now.selection, id) : selectOne(id));
    },
    onToggle: (id) => latest.current.onSelect(toggleOne(latest.current.selection, id)),
    onRename: (id) => latest.current.onRename(id),
    onDragBegin: (id, event) => {
      const { ids } = latest.current.selection;
      setDraggedRows(ids.has(id) ? latest.current.order.filter((one) => ids.has(one)) : [id]);
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('application/x-voicesync-rows', '');
      window.addEventListener('dragend', () => setDraggedRows(null), { once: true });
    },
    canDropBefore: (id) => draggedJob(id) !== null,
    onDropBefore: (id) => {
      const pair = draggedJob(id);
      if (pair !== null) moveJob(pair.dragged, pair.before);
    },
  }));
  return callbacks;
}

/** The dragged job and the one it would precede; null if that has no effect. */
function draggedJob(beforeRecordingId: string): { dragged: string; before: string } | null {
  const rows = draggedRows();
  const [only] = rows ?? [];
  if (only === undefined || rows?.length !== 1 || only === beforeRecordingId) return null;
  const { recordings } = useLibrary.getState();
  const dragged = recordings.get(only)?.job;
  const before = recordings.get(beforeRecordingId)?.job;
  return dragged?.state === 'queued' && before?.state === 'queued'
    ? { dragged: dragged.id, before: before.id }
    : null;
}
