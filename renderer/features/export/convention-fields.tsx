import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Conventions, type ExportStyle, STYLE_LIMITS } from '../../../src/contract/export-style.ts';
import { Field, Select } from '../../components/field.tsx';
import { TickLine } from '../../components/tick-line.tsx';
import { DisclosedFields } from './disclosed-fields.tsx';
import { ExaminationFields } from './examination-fields.tsx';
import { NumberField } from './number-field.tsx';

/** A pause of this length is written unless another is set. */
const USUAL_PAUSE_MS = 1000;

/** Wording, speaker labels and notation, shown on request. */
export function ConventionFields({
  style,
  recordingId,
  isProvenanceIncluded,
  onChange,
}: {
  style: ExportStyle;
  /** The recording whose speakers are offered for Q and A. */
  recordingId: string;
  isProvenanceIncluded: boolean;
  onChange: (style: ExportStyle) => void;
}) {
  const { t } = useTranslation('templates');
  const [isOpen, setOpen] = useState(false);
  const { conventions, editLog } = style;
  const change = (changes: Partial<Conventions>) =>
    onChange({ ...style, conventions: { ...conventions, ...changes } });
  const { wording, speakerLabels, pausesFromMs, overlaps } = conventions;
  return (
    <DisclosedFields
      legend={t('style')}
      summary={`${t(wording)} · ${t(`speakerLabels_${speakerLabels}`)}`}
      isOpen={isOpen}
      onToggle={() => setOpen(!isOpen)}
      className="mt-2 flex flex-col gap-4"
    >
      <div className="flex flex-col gap-4">
        <Field label={t('wording')} hint={wording === 'clean' ? t('aboutClean') : undefined}>
          {(ids) => (
            <Select
              {...ids}
              value={wording}
              onChoose={(chosen) => change({ wording: chosen })}
              options={Conventions.shape.wording.options.map((value) => ({
                value,
                label: t(`wording_${value}`),
              }))}
            />
          )}
        </Field>
        <Field label={t('speakerLabels')}>
          {(ids) => (
            <Select
              {...ids}
              value={speakerLabels}
              onChoose={(chosen) => change({ speakerLabels: chosen })}
              options={Conventions.shape.speakerLabels.options.map((value) => ({
                value,
                label: t(`speakerLabels_${value}`),
              }))}
            />
          )}
        </Field>
      </div>
      {speakerLabels === 'questionAnswer' && (
        <ExaminationFields conventions={conventions} recordingId={recordingId} onChange={change} />
      )}
      <div className="flex flex-col gap-2">
        <TickLine
          label={t('pauses')}
          checked={pausesFromMs !== null}
          onChange={(isWanted) => change({ pausesFromMs: isWanted ? USUAL_PAUSE_MS : null })}
        />
        {pausesFromMs !== null && (
          <div className="mb-1 ml-7 max-w-56">
            <NumberField
              label={t('pausesFrom')}
              value={pausesFromMs / 1000}
              limits={{
                least: STYLE_LIMITS.pausesFromMs.least / 1000,
                most: STYLE_LIMITS.pausesFromMs.most / 1000,
              }}
              step={0.1}
              onChange={(seconds) => change({ pausesFromMs: Math.round(seconds * 1000) })}
            />
          </div>
        )}
        <TickLine
          label={t('overlaps')}
          checked={overlaps}
          onChange={(isWanted) => change({ overlaps: isWanted })}
        />
        <TickLine
          label={t('editLog')}
          checked={editLog}
          disabled={!isProvenanceIncluded}
          onChange={(isWanted) => onChange({ ...style, editLog: isWanted })}
        />
      </div>
    </DisclosedFields>
  );
}
