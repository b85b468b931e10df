import { useTranslation } from 'react-i18next';
import { Truncated } from '../../components/truncated.tsx';
import { classNames } from '../../lib/class-names.ts';
import type { ArrivingFile } from '../../stores/arriving.ts';
import { COLUMNS, COLUMNS_WITH_MATTER } from './recording-row.tsx';

/** The row of a file just dropped, until its recording has one. */
export function ArrivingRow({
  file,
  rowIndex,
  showsMatter,
}: {
  file: ArrivingFile;
  /** From 0, among all rows. */
  rowIndex: number;
  showsMatter: boolean;
}) {
  const { t } = useTranslation('library');
  return (
    <div
      role="row"
      aria-rowindex={rowIndex + 2}
      tabIndex={-1}
      className={classNames(
        showsMatter ? COLUMNS_WITH_MATTER : COLUMNS,
        'items-start border-b border-line py-1.5',
      )}
    >
      <div role="gridcell" className="col-start-2 col-end-[-1] flex h-8 min-w-0 items-center">
        <Truncated text={file.name} className="font-medium" />
      </div>
      <div role="gridcell" className="col-start-2 col-end-[-1] min-w-0 text-sm text-ink-soft">
        {t('stage_import')}
      </div>
    </div>
  );
}
