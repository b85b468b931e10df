import { useTranslation } from 'react-i18next';
import { Field, Select } from '../../components/field.tsx';
import { SwitchRow } from '../../components/setting-row.tsx';
import { useSettings } from './use-settings.ts';

const LOCK_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120] as const;

/** When the vault locks by itself, and what locking does. */
export function LockingSettings() {
  const { t } = useTranslation('settings');
  const current = useSettings();
  if (current === null) return null;
  const { settings, change } = current;
  return (
    <>
      <Field label={t('lockAfter')} hint={t('lockAfterHint')}>
        {(ids) => (
          <Select
            {...ids}
            className="w-auto self-start"
            value={String(settings.lockAfterMinutes ?? 'never')}
            onChoose={(value) => change({ lockAfterMinutes: value === 'never' ? null : Number(value) })}
            options={[
              ...minutesWith(settings.lockAfterMinutes).map((minutes) => ({
                value: String(minutes),
                label: t('minutes', { count: minutes }),
              })),
              { value: 'never', label: t('never') },
            ]}
          />
        )}
      </Field>
      <SwitchRow
        label={t('alwaysSeal')}
        hint={t('alwaysSealHint')}
        checked={settings.alwaysSeal}
        onChange={(alwaysSeal) => change({ alwaysSeal })}
      />
    </>
  );
}

/** The usual durations, and the current one if different. */
function minutesWith(set: number | null): number[] {
  return [...new Set([...LOCK_MINUTES, ...(set === null ? [] : [set])])].sort((a, b) => a - b);
}
