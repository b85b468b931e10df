import { TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/button.tsx';
import { Field, Select } from '../../components/field.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { languageLabel, languageOptions } from '../../lib/language-options.ts';
import { useModels } from '../../stores/models.ts';
import { attempt } from '../../stores/toasts.ts';
import { changeUsualLanguages, useUsualLanguages } from '../../stores/usual-languages.ts';

const NONE = '';

/** The languages that are usual in the vault, and which models do not know them. */
export function LanguagesSettings() {
  const { t } = useTranslation('languages');
  const userLanguage = useLanguage();
  const { codes } = useUsualLanguages();
  const models = useModels((store) => store.models).filter(({ installed }) => installed);
  const change = (next: Parameters<typeof changeUsualLanguages>[0]) =>
    attempt(() => changeUsualLanguages(next));
  const isForeign = codes.some((code) => code !== 'en');
  const englishOnly = isForeign ? models.filter(({ multilingual }) => !multilingual) : [];
  return (
    <>
      <p className="max-w-[65ch] text-sm text-ink-soft">{t('text')}</p>
      {codes.length === 0 ? (
        <p className="text-sm">{t('none')}</p>
      ) : (
        <ul aria-label={t('title')} className="flex flex-wrap gap-2">
          {codes.map((code) => (
            <li
              key={code}
              className="flex items-center gap-1 rounded-full border border-line py-0.5 pr-1 pl-3 text-sm"
            >
              {languageLabel(code, userLanguage)}
              <IconButton
                label={t('remove', { language: languageLabel(code, userLanguage) })}
                onClick={() => change((before) => before.filter((other) => other !== code))}
              >
                <X aria-hidden size="1rem" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <div className="max-w-xs">
        <Field label={t('add')}>
          {(ids) => (
            <Select
              {...ids}
              value={NONE}
              onChoose={(code) => code !== NONE && change((before) => [...before, code])}
              options={[
                { value: NONE, label: t('choose') },
                ...languageOptions(userLanguage).filter(({ value }) => !codes.includes(value)),
              ]}
            />
          )}
        </Field>
      </div>
      {englishOnly.map(({ name }) => (
        <p key={name} role="status" className="flex gap-2 text-sm text-warning">
          <TriangleAlert aria-hidden size="1rem" className="mt-0.5 shrink-0" />
          {t('englishOnly', { model: name })}
        </p>
      ))}
      <p className="max-w-[65ch] text-sm text-ink-soft">{t('limits')}</p>
    </>
  );
}
