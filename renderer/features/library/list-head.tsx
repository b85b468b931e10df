import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../components/checkbox.tsx';
import { classNames } from '../../lib/class-names.ts';
import type { Sorting, SortKey } from '../../stores/list-views.ts';
import { ACTIONS_WIDTH, COLUMNS, COLUMNS_WITH_MATTER } from './recording-row.tsx';
import { sortBy } from './visible-recordings.ts';

/** The heads of the columns, by which the list is sorted, and the tick that selects every row. */
export function ListHead({
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
