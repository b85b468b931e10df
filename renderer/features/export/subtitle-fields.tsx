import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  SUBTITLE_MEASURES,
  type SubtitleMeasure,
  type SubtitleShape,
  subtitleFault,
  USUAL_SUBTITLES,
} from '../../../src/contract/format-options.ts';
import { Button } from '../../components/button.tsx';
import { DisclosedFields } from './disclosed-fields.tsx';
import { LimitedInput } from './limited-input.tsx';
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
    <DisclosedFields
      legend={t('subtitleShape')}
      summary={t('subtitleShapeIs', { count: lines, length: lineLength })}
      isOpen={isOpen}
      onToggle={() => setOpened(!isOpen)}
      className="mt-1 flex flex-col gap-3"
      note={<p className="mt-1 text-sm text-ink-soft">{t('subtitleNames')}</p>}
    >
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
    </DisclosedFields>
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
  const limits = limitsOf(measure);
  return (
    <LimitedInput
      label={t(`measure_${measure}`)}
      value={value}
      limits={limits}
      step={unitOf(measure) === 1 ? 1 : 0.1}
      fault={isFaulty ? t('measureFault', limits) : null}
      onChange={onChange}
    />
  );
}
