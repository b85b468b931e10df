import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../../../src/contract/document.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { classNames } from '../../lib/class-names.ts';
import { MORE_FORMATS, USUAL_FORMATS } from './format-choice.ts';

/** The formats to write: the usual ones, and more on request. A chosen one is always visible. */
export function FormatFields({
  chosen,
  onChange,
}: {
  chosen: readonly ExportFormat[];
  onChange: (format: ExportFormat, isWanted: boolean) => void;
}) {
  const { t } = useTranslation('exporting');
  const id = useId();
  const [isOpen, setOpen] = useState(() => MORE_FORMATS.some((format) => chosen.includes(format)));
  const field = (format: ExportFormat) => (
    <FormatField
      key={format}
      format={format}
      isChosen={chosen.includes(format)}
      onChange={(isWanted) => onChange(format, isWanted)}
    />
  );
  const grid = 'grid grid-cols-[repeat(auto-fill,minmax(min(100%,11.5rem),1fr))] gap-x-4 gap-y-1';
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{t('formats')}</legend>
      <div className={grid}>{USUAL_FORMATS.map(field)}</div>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={`${id}more`}
        onClick={() => setOpen(!isOpen)}
        className="mt-1 -ml-1 inline-flex min-h-7 items-center gap-1 rounded-md px-1 text-sm text-ink-soft hover:text-ink"
      >
        <ChevronRight
          aria-hidden
          size="1rem"
          className={classNames('transition-transform', isOpen && 'rotate-90')}
        />
        {t('moreFormats')}
      </button>
      <div id={`${id}more`} hidden={!isOpen} className={isOpen ? grid : undefined}>
        {MORE_FORMATS.map(field)}
      </div>
      {chosen.length === 0 && <p className="mt-1 text-sm text-danger">{t('noFormat')}</p>}
    </fieldset>
  );
}

function FormatField({
  format,
  isChosen,
  onChange,
}: {
  format: ExportFormat;
  isChosen: boolean;
  onChange: (isWanted: boolean) => void;
}) {
  const { t } = useTranslation('exporting');
  const id = useId();
  return (
    <label htmlFor={id} className="flex items-start gap-2.5 rounded-md py-1">
      <span className="pt-0.5">
        <Checkbox id={id} checked={isChosen} onCheckedChange={(isWanted) => onChange(isWanted === true)} />
      </span>
      <span className="min-w-0">
        <span className="block text-sm font-medium">{t(`format_${format}`)}</span>
        <span className="block text-sm text-ink-soft">{t(`about_${format}`)}</span>
      </span>
    </label>
  );
}
