import { FilePlus } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import {
  COURT_MEASURES,
  CourtProfile,
  STYLE_LIMITS,
  type TemplateChoice,
} from '../../../src/contract/export-style.ts';
import { Button } from '../../components/button.tsx';
import { Field, Select } from '../../components/field.tsx';
import { useWordTemplates } from '../../stores/word-templates.ts';
import { NumberField } from './number-field.tsx';

const USUAL = 'usual';

/** The layout of documents: a court's pages, or a Word template of the vault. `run` shows the errors of adding one. */
export function TemplateFields({
  template,
  onChange,
  run,
}: {
  template: TemplateChoice;
  onChange: (template: TemplateChoice) => void;
  run: (action: () => Promise<void>) => void;
}) {
  const { t } = useTranslation('templates');
  const { templates, add } = useWordTemplates();
  const id = useId();
  const options = [
    { value: USUAL, label: t('template_usual') },
    ...CourtProfile.options.map((profile) => ({ value: profile, label: t(`template_${profile}`) })),
    ...(templates ?? []).map((one) => ({ value: one.id, label: t('template_word', { name: one.name }) })),
  ];
  const wanted =
    template.kind === 'usual' ? USUAL : template.kind === 'court' ? template.profile : template.id;
  // A template that was removed since counts as none.
  const value = templates === null || options.some((option) => option.value === wanted) ? wanted : USUAL;
  const choose = (chosen: string) => {
    const profile = CourtProfile.safeParse(chosen);
    if (profile.success) {
      onChange({ kind: 'court', profile: profile.data, ...COURT_MEASURES[profile.data] });
    } else onChange(chosen === USUAL ? { kind: 'usual' } : { kind: 'word', id: chosen });
  };
  const addTemplate = async () => {
    const added = await add();
    if (added !== null) onChange({ kind: 'word', id: added.id });
  };
  return (
    <div className="flex flex-col gap-3">
      <Field
        label={t('template')}
        hint={
          template.kind === 'court' ? t('aboutCourt') : template.kind === 'word' ? t('aboutWord') : undefined
        }
      >
        {(ids) => (
          <div className="flex flex-wrap gap-2">
            <Select
              {...ids}
              className="min-w-0 basis-full"
              options={options}
              value={value}
              onChoose={choose}
            />
            <Button onClick={() => run(addTemplate)}>
              <FilePlus aria-hidden size="1rem" />
              {t('add')}
            </Button>
          </div>
        )}
      </Field>
      {template.kind === 'court' && (
        <div className="grid grid-cols-2 gap-4">
          <NumberField
            key={`${id}${template.profile}lines`}
            label={t('lines')}
            value={template.lines}
            limits={STYLE_LIMITS.lines}
            onChange={(lines) => onChange({ ...template, lines })}
          />
          <NumberField
            key={`${id}${template.profile}columns`}
            label={t('columns')}
            value={template.columns}
            limits={STYLE_LIMITS.columns}
            onChange={(columns) => onChange({ ...template, columns })}
          />
        </div>
      )}
    </div>
  );
}
