import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  type FocusEvent,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingView } from '../../../src/contract/views.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { classNames } from '../../lib/class-names.ts';
import { namesOf } from '../../lib/key-press.ts';
import { meaningOf } from '../../lib/shortcuts.ts';
import type { ArrivingFile } from '../../stores/arriving.ts';
import { isBeingRecorded } from '../../stores/captures.ts';
import { draggedRows, setDraggedRows } from '../../stores/dragged-rows.ts';
import { useLibrary } from '../../stores/library.ts';
import { binRecordings, moveInQueue, moveJob } from '../../stores/library-actions.ts';
import type { Sorting, SortKey } from '../../stores/list-views.ts';
import { exportRecordings, openTranscript, showOverlay } from '../../stores/navigation.ts';
import { currentKeys } from '../../stores/shortcuts.ts';
import { ArrivingRow } from './arriving-row.tsx';
import {
  ACTIONS_WIDTH,
  COLUMNS,
  COLUMNS_WITH_MATTER,
  RecordingRow,
  type RowCallbacks,
} from './recording-row.tsx';
import {
  extendTo,
  moveBy,
  NO_SELECTION,
  type Selection,
  selectAll,
  selectOne,
  toggleOne,
} from './selection.ts';
import { sortBy } from './visible-recordings.ts';

/** Rows per PageUp and PageDown. */
const PAGE = 10;

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
        <Head
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

/** On return to a list, the row that had the focus is visible again. */
function useScrolledTo(rows: Virtualizer<HTMLDivElement, Element>, index: number): void {
  const [first] = useState(index);
  useEffect(() => {
    if (first > 0) rows.scrollToIndex(first, { align: 'center' });
  }, [rows, first]);
}

/** The keys of a row. Returns whether the key was one of them. */
function takeKey(
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

/** Focuses a row: at once if it is drawn, so that the next key finds it there, else when it is. */
function focusRow(scroller: HTMLElement | null, id: string): void {
  const row = () => scroller?.querySelector<HTMLElement>(`[data-recording-id="${id}"]`) ?? null;
  const drawn = row();
  if (drawn !== null) drawn.focus({ preventScroll: true });
  else requestAnimationFrame(() => row()?.focus({ preventScroll: true }));
}

/**
 * When the focused row is removed, the one in its place gets the focus. One that only moves keeps it: its element
 * may be removed and reinserted, which loses the focus. Returns the function that notes which row has it.
 */
function useFocusKept(
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

/** Callbacks with stable identity, so that unchanged rows are not redrawn. */
function useRowCallbacks(
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

function Head({
  showsMatter,
  sorting,
  onSort,
  checked,
  onCheck,
}: {
  showsMatter: boolean;
  sorting: Sorting | null;
  onSort: (sorting: Sorting) => void;
  checked: boolean | 'indeterminate';
  onCheck: () => void;
}) {
  const { t } = useTranslation('library');
  const column = { sorting, onSort };
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={classNames(
        showsMatter ? COLUMNS_WITH_MATTER : COLUMNS,
        'items-center border-b border-line py-1 text-xs',
      )}
    >
      <div role="columnheader">
        <Checkbox aria-label={t('selectAll')} checked={checked} onCheckedChange={onCheck} />
      </div>
      <ColumnHead {...column} sortKey="name" label={t('name')} />
      {showsMatter && (
        <ColumnHead {...column} sortKey="matter" label={t('matter')} className="hidden @5xl/page:block" />
      )}
      <ColumnHead {...column} sortKey="language" label={t('language')} />
      <ColumnHead
        {...column}
        sortKey="length"
        label={t('length')}
        isRight
        className="hidden @xl/page:block"
      />
      <ColumnHead {...column} sortKey="added" label={t('added')} isRight className="hidden @xl/page:block" />
      <div role="columnheader" className={ACTIONS_WIDTH}>
        <span className="sr-only">{t('actions')}</span>
      </div>
    </div>
  );
}

function ColumnHead({
  sortKey,
  label,
  sorting,
  onSort,
  isRight = false,
  className,
}: {
  sortKey: SortKey;
  label: string;
  /** Null if the queue decides the order. */
  sorting: Sorting | null;
  onSort: (sorting: Sorting) => void;
  isRight?: boolean;
  className?: string;
}) {
  const isSorted = sorting?.key === sortKey;
  const Arrow = sorting?.ascending ? ArrowUp : ArrowDown;
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (sorting.ascending ? 'ascending' : 'descending') : 'none'}
      className={classNames('min-w-0', isRight && 'text-right', className)}
    >
      {sorting === null ? (
        <span className="text-ink-soft">{label}</span>
      ) : (
        <button
          type="button"
          onClick={() => onSort(sortBy(sorting, sortKey))}
          className={classNames(
            'inline-flex min-h-6 items-center gap-1 rounded -outline-offset-2 hover:text-ink',
            isSorted ? 'font-medium text-ink' : 'text-ink-soft',
          )}
        >
          {label}
          {isSorted && <Arrow aria-hidden size="0.75rem" />}
        </button>
      )}
    </div>
  );
}
