import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../../../src/contract/document.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { classNames } from '../../lib/class-names.ts';
import { formatsOf } from './format-choice.ts';

type Choose = (format: ExportFormat, isWanted: boolean) => void;

const GRID = 'grid grid-cols-[repeat(auto-fill,minmax(min(100%,11.5rem),1fr))] gap-x-4 gap-y-1';

/** The formats to write: the usual ones, and more on request. A chosen one is always visible. */
export function FormatFields({ chosen, onChange }: { chosen: readonly ExportFormat[]; onChange: Choose }) {
  const { t } = useTranslation('exporting');
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{t('formats')}</legend>
      <div className={GRID}>
        {formatsOf('usual').map((format) => (
          <FormatField
            key={format}
            format={format}
            isChosen={chosen.includes(format)}
            onChange={(isWanted) => onChange(format, isWanted)}
          />
        ))}
      </div>
      <FormatGroup name={t('moreFormats')} formats={formatsOf('more')} chosen={chosen} onChange={onChange} />
      <FormatGroup
        name={t('researchFormats')}
        formats={formatsOf('research')}
        chosen={chosen}
        onChange={onChange}
      />
      {chosen.length === 0 && <p className="mt-1 text-sm text-danger">{t('noFormat')}</p>}
    </fieldset>
  );
}

/** Formats that are shown on request. */
function FormatGroup({
  name,
  formats,
  chosen,
  onChange,
}: {
  name: string;
  formats: readonly ExportFormat[];
  chosen: readonly ExportFormat[];
  onChange: Choose;
}) {
  const id = useId();
  const [isOpen, setOpen] = useState(() => formats.some((format) => chosen.includes(format)));
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={`${id}formats`}
        onClick={() => setOpen(!isOpen)}
        className="mt-1 mr-4 -ml-1 inline-flex min-h-7 items-center gap-1 rounded-md px-1 text-sm text-ink-soft hover:text-ink"
      >
        <ChevronRight
          aria-hidden
          size="1rem"
          className={classNames('transition-transform', isOpen && 'rotate-90')}
        />
        {name}
      </button>
      <div id={`${id}formats`} hidden={!isOpen} className={isOpen ? GRID : undefined}>
        {formats.map((format) => (
          <FormatField
            key={format}
            format={format}
            isChosen={chosen.includes(format)}
            onChange={(isWanted) => onChange(format, isWanted)}
          />
        ))}
      </div>
    </>
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
