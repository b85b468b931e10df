import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingView } from '../../../src/contract/views.ts';
import type { ArrivingFile } from '../../stores/arriving.ts';
import type { Sorting } from '../../stores/list-views.ts';
import { ArrivingRow } from './arriving-row.tsx';
import { focusRow, useFocusKept, useScrolledTo } from './list-focus.ts';
import { ListHead } from './list-head.tsx';
import { takeKey } from './list-keys.ts';
import { RecordingRow } from './recording-row.tsx';
import { NO_SELECTION, type Selection, selectAll } from './selection.ts';
import { useRowCallbacks } from './use-row-callbacks.ts';

/** The recordings of a scope: sorted by column, selected with mouse or keys, only visible rows drawn. */
export function RecordingList({
  recordings,
  order,
  arriving,
  matterNames,
  showsMatter,
  sorting,
  onSort,
  selection,
  onSelect,
  onRowFocus,
}: {
  recordings: readonly RecordingView[];
  /** Their ids; the same array as long as no row comes, goes or moves. */
  order: readonly string[];
  /** Just dropped: above all others. */
  arriving: readonly ArrivingFile[];
  matterNames: ReadonlyMap<string, string>;
  showsMatter: boolean;
  sorting: Sorting | null;
  onSort: (sorting: Sorting) => void;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** A row, or an element on it, has the focus. */
  onRowFocus: (id: string) => void;
}) {
  const { t } = useTranslation('library');
  const scroller = useRef<HTMLDivElement>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  // With nothing selected, Tab reaches the first row.
  const focusId = selection.focus ?? order[0] ?? null;
  const focusIndex = useMemo(() => (focusId === null ? -1 : order.indexOf(focusId)), [order, focusId]);
  // Another function would make the virtualizer measure every row again.
  const keyOf = useCallback((index: number) => order[index] ?? index, [order]);
  const rows = useVirtualizer({
    count: recordings.length,
    getScrollElement: () => scroller.current,
    getItemKey: keyOf,
    estimateSize: () => 37,
    overscan: 4,
    // The focused row stays mounted, however far it is scrolled away.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      if (focusIndex === -1 || shown.includes(focusIndex)) return shown;
      return [...shown, focusIndex].sort((a, b) => a - b);
    },
  });
  useScrolledTo(rows, focusIndex);
  const rename = (id: string | null) => {
    setRenaming(id);
    if (id === null && renaming !== null) focusRow(scroller.current, renaming);
  };
  const callbacks = useRowCallbacks(order, selection, onSelect, rename);
  const moveFocus = (next: Selection) => {
    onSelect(next);
    const index = next.focus === null ? -1 : order.indexOf(next.focus);
    if (index === -1) return;
    rows.scrollToIndex(index);
    focusRow(scroller.current, next.focus ?? '');
  };
  const watch = useFocusKept(
    order,
    (successor) => {
      onSelect({ ...NO_SELECTION, focus: successor });
      focusRow(scroller.current, successor);
    },
    (id) => focusRow(scroller.current, id),
    onRowFocus,
  );
  const press = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'row') return;
    // The focused row counts, also if Tab and not a selection moved the focus there.
    const focus = event.target.dataset.recordingId ?? selection.focus;
    const list = { order, selection: { ...selection, focus }, moveFocus, onSelect, onRename: setRenaming };
    if (takeKey(event, list)) event.preventDefault();
  };
  // Only visible rows are selected.
  const selectedCount = selection.ids.size;

  return (
    <div
      role="grid"
      aria-label={t('recordings')}
      aria-rowcount={arriving.length + recordings.length + 1}
      aria-multiselectable="true"
      onKeyDown={press}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div role="rowgroup" className="overflow-hidden bg-ground [scrollbar-gutter:stable]">
        <ListHead
          showsMatter={showsMatter}
          sorting={sorting}
          onSort={(wanted) => {
            onSort(wanted);
            rows.scrollToOffset(0);
          }}
          checked={selectedCount === 0 ? false : selectedCount === order.length ? true : 'indeterminate'}
          onCheck={() =>
            onSelect(selectedCount === order.length ? NO_SELECTION : selectAll(order, selection))
          }
        />
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        onFocus={watch.onFocus}
        onBlur={watch.onBlur}
        className="min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]"
      >
        {arriving.map((file, index) => (
          <ArrivingRow key={file.key} file={file} rowIndex={index} showsMatter={showsMatter} />
        ))}
        <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, key, start }) => {
            const recording = recordings[index];
            if (recording === undefined) return null;
            return (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                role="presentation"
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <RecordingRow
                  recording={recording}
                  rowIndex={arriving.length + index}
                  matterName={matterNames.get(recording.matterId ?? '')}
                  showsMatter={showsMatter}
                  isSelected={selection.ids.has(recording.id)}
                  isFocus={recording.id === focusId}
                  isRenaming={recording.id === renaming}
                  callbacks={callbacks}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
