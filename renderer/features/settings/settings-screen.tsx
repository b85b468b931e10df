import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LOCALES } from '../../../src/contract/locale.ts';
import type { InterfaceSettings } from '../../../src/contract/views.ts';
import { Field, Select } from '../../components/field.tsx';
import { SwitchRow } from '../../components/setting-row.tsx';
import { languageLabel } from '../../lib/language-options.ts';
import { changeSettings, useApp } from '../../stores/app.ts';
import { attempt } from '../../stores/toasts.ts';
import { DiagnosticsSetting } from './diagnostics-setting.tsx';
import { ShortcutsSettings } from './shortcuts-settings.tsx';
import { VaultSettings } from './vault-settings.tsx';
import { VoicesSetting } from './voices-setting.tsx';

const LOCK_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120] as const;

/** Appearance, auto-lock, and what opens the vault. Every change applies at once. */
export function SettingsScreen() {
  const { t } = useTranslation(['settings', 'shortcuts', 'voices']);
  const state = useApp((store) => store.state);
  if (state === null) return null;
  const { settings } = state;
  const change = (part: Partial<InterfaceSettings>) => attempt(() => changeSettings(part));
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-2xl flex-col gap-8 px-6 py-6">
        <h1 className="text-xl font-semibold">{t('title')}</h1>

        <Group title={t('look')}>
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
        </Group>

        <Group title={t('locking')}>
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
        </Group>

        <Group title={t('vault')}>
          <VaultSettings state={state} />
        </Group>

        <Group title={t('voices:title')}>
          <VoicesSetting />
        </Group>

        <Group title={t('shortcuts:title')}>
          <ShortcutsSettings />
        </Group>

        <Group title={t('problems')}>
          <DiagnosticsSetting />
        </Group>

        <Group title={t('about')}>
          <p>{t('version', { version: state.version })}</p>
          <p className="text-ink-soft">{t('aboutText')}</p>
        </Group>
      </div>
    </div>
  );
}

/** The usual durations, and the current one if different. */
function minutesWith(set: number | null): number[] {
  return [...new Set([...LOCK_MINUTES, ...(set === null ? [] : [set])])].sort((a, b) => a - b);
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4">
      <h2 className="border-b border-line pb-1.5 text-sm font-semibold text-ink-soft">{title}</h2>
      {children}
    </section>
  );
}
