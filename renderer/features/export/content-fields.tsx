import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContentPart, ExportContent, ExportFormat } from '../../../src/contract/document.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { CONTENT_PARTS, mattersTo } from './format-choice.ts';

/** What the files include besides the words. Parts that no chosen format supports are disabled, with the reason. */
export function ContentFields({
  content,
  formats,
  onChange,
}: {
  content: ExportContent;
  formats: readonly ExportFormat[];
  onChange: (content: ExportContent) => void;
}) {
  const { t } = useTranslation('exporting');
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{t('include')}</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,11.5rem),1fr))] gap-x-4 gap-y-1">
        {CONTENT_PARTS.map((part) => (
          <PartField
            key={part}
            part={part}
            isWanted={content[part]}
            matters={mattersTo(part, formats)}
            onChange={(isWanted) => onChange({ ...content, [part]: isWanted })}
          />
        ))}
      </div>
    </fieldset>
  );
}

function PartField({
  part,
  isWanted,
  matters,
  onChange,
}: {
  part: ContentPart;
  isWanted: boolean;
  matters: boolean;
  onChange: (isWanted: boolean) => void;
}) {
  const { t } = useTranslation('exporting');
  const id = useId();
  return (
    <label htmlFor={id} className="flex items-start gap-2.5 rounded-md py-1">
      <span className="pt-0.5">
        <Checkbox
          id={id}
          checked={isWanted}
          disabled={!matters}
          onCheckedChange={(wanted) => onChange(wanted === true)}
        />
      </span>
      <span className="min-w-0">
        <span className="block text-sm font-medium">{t(`part_${part}`)}</span>
        <span className="block text-sm text-ink-soft">
          {matters ? t(`aboutPart_${part}`) : t('partDoesNotMatter')}
        </span>
      </span>
    </label>
  );
}
