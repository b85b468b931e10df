import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  SUBTITLE_MEASURES,
  type SubtitleMeasure,
  type SubtitleShape,
  subtitleFault,
  USUAL_SUBTITLES,
} from '../../../src/contract/format-options.ts';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/field.tsx';
import { classNames } from '../../lib/class-names.ts';
import { draftOf, limitsOf, shapeOf, unitOf } from './subtitle-draft.ts';

/**
 * Subtitle options, shown on request. Values are reported only while they can be written; `onFault` reports whether
 * they cannot.
 */
export function SubtitleFields({
  shape,
  onChange,
  onFault,
}: {
  shape: SubtitleShape;
  onChange: (shape: SubtitleShape) => void;
  onFault: (isFaulty: boolean) => void;
}) {
  const { t } = useTranslation('exporting');
  const id = useId();
  const [isOpened, setOpened] = useState(false);
  const [draft, setDraft] = useState(() => draftOf(shape));
  const fault = subtitleFault(shapeOf(draft));
  // Values that prevent writing are always visible.
  const isOpen = isOpened || fault !== null;
  const take = (next: typeof draft) => {
    setDraft(next);
    const typed = shapeOf(next);
    const isFaulty = subtitleFault(typed) !== null;
    onFault(isFaulty);
    if (!isFaulty) onChange(typed);
  };
  const { lines, lineLength } = shape;
  return (
    <fieldset>
      <legend className="sr-only">{t('subtitleShape')}</legend>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={`${id}fields`}
        onClick={() => setOpened(!isOpen)}
        className="-ml-1 inline-flex min-h-7 items-center gap-1 rounded-md px-1 text-left text-sm text-ink-soft hover:text-ink"
      >
        <ChevronRight
          aria-hidden
          size="1rem"
          className={classNames('shrink-0 transition-transform', isOpen && 'rotate-90')}
        />
        <span>
          {t('subtitleShape')}: {t('subtitleShapeIs', { count: lines, length: lineLength })}
        </span>
      </button>
      <div id={`${id}fields`} hidden={!isOpen} className={isOpen ? 'mt-1 flex flex-col gap-3' : undefined}>
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,9.5rem),1fr))] gap-x-4 gap-y-3">
          {SUBTITLE_MEASURES.map((measure) => (
            <MeasureField
              key={measure}
              measure={measure}
              value={draft[measure]}
              isFaulty={fault === measure}
              onChange={(value) => take({ ...draft, [measure]: value })}
            />
          ))}
        </div>
        {fault === 'order' && (
          <p role="alert" className="text-sm text-danger">
            {t('subtitleOrder')}
          </p>
        )}
        <div>
          <Button onClick={() => take(draftOf(USUAL_SUBTITLES))}>{t('subtitleUsual')}</Button>
        </div>
      </div>
      <p className="mt-1 text-sm text-ink-soft">{t('subtitleNames')}</p>
    </fieldset>
  );
}

function MeasureField({
  measure,
  value,
  isFaulty,
  onChange,
}: {
  measure: SubtitleMeasure;
  value: string;
  isFaulty: boolean;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation('exporting');
  const id = useId();
  const { least, most } = limitsOf(measure);
  return (
    <div className="flex flex-col justify-end gap-1">
      <label htmlFor={id} className="text-sm">
        {t(`measure_${measure}`)}
      </label>
      <TextInput
        id={id}
        type="number"
        min={least}
        max={most}
        step={unitOf(measure) === 1 ? 1 : 0.1}
        value={value}
        aria-invalid={isFaulty}
        aria-describedby={isFaulty ? `${id}fault` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {isFaulty && (
        <p id={`${id}fault`} role="alert" className="text-sm text-danger">
          {t('measureFault', { least, most })}
        </p>
      )}
    </div>
  );
}
