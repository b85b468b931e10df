import { Archive, FileAudio, Filter as FilterIcon, FolderOpen, Import, Settings, Trash2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { MenuButton } from '../../components/menu.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { classNames } from '../../lib/class-names.ts';
import { type ArrivingFile, useArriving } from '../../stores/arriving.ts';
import { chooseRecordings, importSamples } from '../../stores/imports.ts';
import { useLibrary } from '../../stores/library.ts';
import { useMatters } from '../../stores/matters.ts';
import { type Scope, showOverlay, useNavigation } from '../../stores/navigation.ts';
import { attempt } from '../../stores/notices.ts';
import { PartsHint } from './parts-hint.tsx';
import { RecordingList } from './recording-list.tsx';
import { Rejections } from './rejections.tsx';
import { SearchResults } from './search-results.tsx';
import { keepVisible, NO_SELECTION } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { type Filter, NEWEST_FIRST, visibleRecordings } from './visible-recordings.ts';

/** The recordings of a scope, or, while the user searches, what was found in all of them. */
export function LibraryScreen({ scope }: { scope: Scope }) {
  const search = useNavigation((store) => store.search);
  const key = scope.kind === 'matter' ? scope.id : scope.kind;
  return search.trim() === '' ? <ScopeList key={key} scope={scope} /> : <SearchResults text={search} />;
}

function ScopeList({ scope }: { scope: Scope }) {
  const isLoaded = useLibrary((store) => store.loaded);
  const recordings = useLibrary((store) => store.recordings);
  const matters = useMatters((store) => store.matters);
  const [filter, setFilter] = useState<Filter>('all');
  const [sorting, setSorting] = useState(NEWEST_FIRST);
  const [chosen, setSelection] = useState(NO_SELECTION);
  const matterNames = useMemo(() => new Map(matters.map(({ id, name }) => [id, name])), [matters]);
  const shown = useMemo(
    () => visibleRecordings(recordings.values(), scope, filter, sorting, matterNames),
    [recordings, scope, filter, sorting, matterNames],
  );
  const order = useMemo(() => shown.map(({ id }) => id), [shown]);
  const selection = useMemo(() => keepVisible(order, chosen), [order, chosen]);
  const inScope = useMemo(
    () => visibleRecordings(recordings.values(), scope, 'all', sorting, matterNames),
    [recordings, scope, sorting, matterNames],
  );
  const selected = useMemo(() => shown.filter(({ id }) => selection.ids.has(id)), [shown, selection]);
  const arriving = useArrivingHere(scope, filter);
  // A filter that nothing passes any more would look like an empty matter.
  useEffect(() => {
    if (shown.length === 0 && inScope.length > 0) setFilter('all');
  }, [shown, inScope]);
  if (!isLoaded) return null;

  return (
    <div className="flex h-full flex-col">
      <Heading
        scope={scope}
        ids={inScope.map(({ id }) => id)}
        filter={filter}
        onFilter={setFilter}
        count={shown.length}
      />
      <Rejections />
      {scope.kind !== 'bin' && <PartsHint recordings={shown} />}
      {inScope.length === 0 && arriving.length === 0 ? (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <Empty scope={scope} />
        </div>
      ) : (
        <RecordingList
          recordings={shown}
          arriving={arriving}
          matterNames={matterNames}
          showsMatter={(scope.kind === 'all' || scope.kind === 'bin') && matters.length > 0}
          sorting={filter === 'working' ? null : sorting}
          onSort={setSorting}
          selection={selection}
          onSelect={setSelection}
        />
      )}
      {selected.length > 1 && <SelectionBar selected={selected} onClear={() => setSelection(NO_SELECTION)} />}
    </div>
  );
}

/** Dropped files that are about to stand in this list. */
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
  ids,
  filter,
  onFilter,
  count,
}: {
  scope: Scope;
  ids: readonly string[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
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
          ids.length > 0 && (
            <Button size="small" onClick={() => showOverlay({ kind: 'erase', recordingIds: ids })}>
              <Trash2 aria-hidden size="0.9375rem" />
              {t('emptyBin')}
            </Button>
          )
        ) : ids.length === 0 ? null : (
          <MenuButton
            label={t('filter')}
            trigger={
              <Button size="small" look="plain" aria-label={`${t('filter')}: ${labels[filter]}`}>
                <FilterIcon aria-hidden size="0.9375rem" />
                {labels[filter]}
              </Button>
            }
            items={FILTERS.map((one) => ({
              kind: 'choice',
              id: one,
              label: labels[one],
              chosen: one === filter,
              run: () => onFilter(one),
            }))}
          />
        )}
      </div>
    </div>
  );
}

function Empty({ scope }: { scope: Scope }) {
  const { t } = useTranslation('library');
  if (scope.kind === 'bin') {
    return (
      <EmptyState icon={<Trash2 aria-hidden size="2.25rem" strokeWidth={1.5} />} title={t('emptyBinTitle')}>
        {t('emptyBinText')}
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
