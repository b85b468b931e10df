import { useTranslation } from 'react-i18next';
import { LOCALES } from '../../../src/contract/locale.ts';
import { Field, Select } from '../../components/field.tsx';
import { SwitchRow } from '../../components/setting-row.tsx';
import { languageLabel } from '../../lib/language-options.ts';
import { useSettings } from './use-settings.ts';

/** The window's language and theme, and marks in the text. */
export function LookSettings() {
  const { t } = useTranslation('settings');
  const current = useSettings();
  if (current === null) return null;
  const { settings, change } = current;
  return (
    <>
      <div className="grid gap-4 @lg/page:grid-cols-2">
        <Field label={t('language')}>
          {(ids) => (
            <Select
              {...ids}
              value={settings.language}
              onChoose={(language) => change({ language })}
              options={[
                { value: 'system', label: t('asSystem') },
                ...LOCALES.map((value) => ({ value, label: languageLabel(value, value) })),
              ]}
            />
          )}
        </Field>
        <Field label={t('theme')}>
          {(ids) => (
            <Select
              {...ids}
              value={settings.theme}
              onChoose={(theme) => change({ theme })}
              options={[
                { value: 'system', label: t('asSystem') },
                { value: 'light', label: t('light') },
                { value: 'dark', label: t('dark') },
              ]}
            />
          )}
        </Field>
      </div>
      <SwitchRow
        label={t('showDoubts')}
        hint={t('showDoubtsHint')}
        checked={settings.showDoubts}
        onChange={(showDoubts) => change({ showDoubts })}
      />
    </>
  );
}
