import {
  Archive,
  Circle,
  FileAudio,
  Filter as FilterIcon,
  FolderOpen,
  Import,
  Settings,
  Trash2,
} from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BIN_DAYS } from '../../../src/contract/bin.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { MenuButton, type MenuItem } from '../../components/menu.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { classNames } from '../../lib/class-names.ts';
import { type ArrivingFile, useArriving } from '../../stores/arriving.ts';
import { chooseRecordings, importSamples } from '../../stores/imports.ts';
import { useLibrary } from '../../stores/library.ts';
import {
  changeList,
  type Filter,
  listKey,
  listView,
  SORT_KEYS,
  type Sorting,
  useListViews,
} from '../../stores/list-views.ts';
import { useMatters } from '../../stores/matters.ts';
import { type Scope, showOverlay, useNavigation } from '../../stores/navigation.ts';
import { startRecording } from '../../stores/recording-actions.ts';
import { attempt } from '../../stores/toasts.ts';
import { LeftOutList } from './left-out.tsx';
import { PartsHint } from './parts-hint.tsx';
import { RecordingList } from './recording-list.tsx';
import { Rejections } from './rejections.tsx';
import { RetentionNotice } from './retention-notice.tsx';
import { SafeArrivals } from './safe-notice.tsx';
import { SearchResults } from './search-results.tsx';
import { keepVisible, NO_SELECTION } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { isAnyIn, sortBy, VisibleList } from './visible-recordings.ts';

/** The recordings of a scope or, during a search, the hits in all of them. */
export function LibraryScreen({
  scope,
  offers,
}: {
  scope: Scope;
  /** What asks for a decision, above the list. */
  offers?: ReactNode;
}) {
  const search = useNavigation((store) => store.search);
  return search.trim() === '' ? (
    <ScopeList key={listKey(scope)} scope={scope} offers={offers} />
  ) : (
    <SearchResults text={search} />
  );
}

function ScopeList({ scope, offers }: { scope: Scope; offers: ReactNode }) {
  const isLoaded = useLibrary((store) => store.loaded);
  const recordings = useLibrary((store) => store.recordings);
  const matters = useMatters((store) => store.matters);
  const filter = useListViews(({ lists }) => listView(lists, scope).filter);
  const sorting = useListViews(({ lists }) => listView(lists, scope).sorting);
  const [chosen, setSelection] = useState(() => ({
    ...NO_SELECTION,
    focus: listView(useListViews.getState().lists, scope).focus,
  }));
  const matterNames = useMemo(() => new Map(matters.map(({ id, name }) => [id, name])), [matters]);
  const [list] = useState(() => new VisibleList());
  const { rows: shown, ids: order } = useMemo(
    () => list.take(recordings, { scope, filter, sorting, matterNames }),
    [list, recordings, scope, filter, sorting, matterNames],
  );
  const selection = useMemo(() => keepVisible(order, chosen), [order, chosen]);
  const isEmpty = useMemo(
    () => shown.length === 0 && !isAnyIn(recordings.values(), scope),
    [recordings, shown, scope],
  );
  const selected = useMemo(() => shown.filter(({ id }) => selection.ids.has(id)), [shown, selection]);
  const arriving = useArrivingHere(scope, filter);
  // A filter without matches would look like an empty matter.
  useEffect(() => {
    if (shown.length === 0 && !isEmpty) changeList(scope, { filter: 'all' });
  }, [shown, isEmpty, scope]);
  if (!isLoaded) return null;
  const showsMatter = (scope.kind === 'all' || scope.kind === 'bin') && matters.length > 0;

  return (
    <div className="flex h-full flex-col">
      <Heading
        scope={scope}
        isEmpty={isEmpty}
        ids={order}
        filter={filter}
        sorting={sorting}
        showsMatter={showsMatter}
        count={shown.length}
      />
      {scope.kind !== 'bin' && offers}
      <RetentionNotice scope={scope} />
      {scope.kind !== 'bin' && (
        <>
          <SafeArrivals />
          <Rejections />
          <LeftOutList />
          <PartsHint recordings={shown} />
        </>
      )}
      {isEmpty && arriving.length === 0 ? (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <Empty scope={scope} />
        </div>
      ) : (
        <RecordingList
          recordings={shown}
          order={order}
          arriving={arriving}
          matterNames={matterNames}
          showsMatter={showsMatter}
          sorting={filter === 'working' ? null : sorting}
          onSort={(wanted) => changeList(scope, { sorting: wanted })}
          selection={selection}
          onSelect={setSelection}
          onRowFocus={(focus) => changeList(scope, { focus })}
        />
      )}
      {selected.length > 1 && <SelectionBar selected={selected} onClear={() => setSelection(NO_SELECTION)} />}
    </div>
  );
}

/** Dropped files whose rows will be in this list. */
function useArrivingHere(scope: Scope, filter: Filter): readonly ArrivingFile[] {
  const files = useArriving((store) => store.files);
  return useMemo(() => {
    if (scope.kind === 'bin' || (filter !== 'all' && filter !== 'working')) return [];
    if (scope.kind === 'all') return files;
    const wanted = scope.kind === 'matter' ? scope.id : null;
    return files.filter(({ matterId }) => matterId === wanted);
  }, [files, scope, filter]);
}

function useScopeName(scope: Scope): string {
  const { t } = useTranslation('app');
  const matters = useMatters((store) => store.matters);
  switch (scope.kind) {
    case 'all':
      return t('allRecordings');
    case 'unfiled':
      return t('unfiled');
    case 'bin':
      return t('bin');
    case 'matter':
      return matters.find(({ id }) => id === scope.id)?.name ?? '';
  }
}

const FILTERS: readonly Filter[] = ['all', 'working', 'attention', 'done'];

function Heading({
  scope,
  isEmpty,
  ids,
  filter,
  sorting,
  showsMatter,
  count,
}: {
  scope: Scope;
  /** Whether the scope is empty, whatever the filter. */
  isEmpty: boolean;
  /** What the list shows: in the bin everything. */
  ids: readonly string[];
  filter: Filter;
  sorting: Sorting;
  showsMatter: boolean;
  count: number;
}) {
  const { t } = useTranslation(['library', 'app']);
  const name = useScopeName(scope);
  const labels = {
    all: t('filterAll'),
    working: t('filterWorking'),
    attention: t('filterAttention'),
    done: t('filterDone'),
  };
  const sortItems: MenuItem[] = [
    { kind: 'heading', id: 'sort', label: t('sortBy') },
    ...SORT_KEYS.filter((key) => key !== 'matter' || showsMatter).map(
      (key): MenuItem => ({
        kind: 'choice',
        id: key,
        label: t(key),
        chosen: key === sorting.key,
        run: () => changeList(scope, { sorting: sortBy(sorting, key) }),
      }),
    ),
  ];
  return (
    <div className="flex items-center gap-x-3 px-4 pt-4 pb-2">
      <h1 className="min-w-0 text-xl font-semibold">
        <Truncated text={name} />
      </h1>
      {count > 0 && (
        <span className="hidden shrink-0 text-sm text-ink-soft figures @lg/page:inline">
          {t('count', { count })}
        </span>
      )}
      {scope.kind === 'matter' && (
        <IconButton
          label={t('app:editMatter', { name })}
          onClick={() => showOverlay({ kind: 'matter', id: scope.id })}
        >
          <Settings aria-hidden size="1rem" />
        </IconButton>
      )}
      <div className={classNames('ml-auto shrink-0', scope.kind !== 'bin' && '-mr-2.5')}>
        {scope.kind === 'bin' ? (
          !isEmpty && (
            <Button size="small" onClick={() => showOverlay({ kind: 'erase', recordingIds: ids })}>
              <Trash2 aria-hidden size="0.9375rem" />
              {t('emptyBin')}
            </Button>
          )
        ) : isEmpty ? null : (
          <MenuButton
            label={t('filter')}
            trigger={
              <Button size="small" look="plain" aria-label={`${t('filter')}: ${labels[filter]}`}>
                <FilterIcon aria-hidden size="0.9375rem" />
                {labels[filter]}
              </Button>
            }
            items={[
              ...FILTERS.map((one) => ({
                kind: 'choice' as const,
                id: one,
                label: labels[one],
                chosen: one === filter,
                run: () => changeList(scope, { filter: one }),
              })),
              // Unfinished jobs are in queue order.
              ...(filter === 'working' ? [] : sortItems),
            ]}
          />
        )}
      </div>
    </div>
  );
}

function Empty({ scope }: { scope: Scope }) {
  const { t } = useTranslation(['library', 'record']);
  if (scope.kind === 'bin') {
    return (
      <EmptyState icon={<Trash2 aria-hidden size="2.25rem" strokeWidth={1.5} />} title={t('emptyBinTitle')}>
        {t('emptyBinText', { days: BIN_DAYS })}
      </EmptyState>
    );
  }
  const isAll = scope.kind === 'all';
  return (
    <EmptyState
      icon={
        isAll ? (
          <Archive aria-hidden size="2.25rem" strokeWidth={1.5} />
        ) : (
          <FolderOpen aria-hidden size="2.25rem" strokeWidth={1.5} />
        )
      }
      title={isAll ? t('emptyTitle') : t('emptyMatterTitle')}
      actions={
        <>
          <Button onClick={() => attempt(() => startRecording())}>
            <Circle aria-hidden size="0.8125rem" fill="currentColor" className="text-danger" />
            {t('record:record')}
          </Button>
          <Button onClick={() => attempt(() => chooseRecordings('files'))}>
            <Import aria-hidden size="1rem" />
            {t('addFiles')}
          </Button>
          {isAll && (
            <Button look="primary" onClick={() => attempt(importSamples)}>
              <FileAudio aria-hidden size="1rem" />
              {t('addSamples')}
            </Button>
          )}
        </>
      }
    >
      {isAll ? t('emptyText') : t('emptyMatterText')}
    </EmptyState>
  );
}
