import { Tabs } from 'radix-ui';
import { Fragment, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../components/field.tsx';
import { chooseSettingsSection, useNavigation } from '../../stores/navigation.ts';
import { SETTINGS_GROUPS } from './settings-sections.tsx';

/** The settings, section by section: a list at the left where there is room, else a choice above. */
export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const chosen = useNavigation((store) => store.settingsSection);
  const groupId = useId();
  const sections = SETTINGS_GROUPS.flatMap((group) => group.sections);
  const shown = sections.find(({ id }) => id === chosen) ?? SETTINGS_GROUPS[0].sections[0];
  return (
    <Tabs.Root
      orientation="vertical"
      value={shown.id}
      onValueChange={chooseSettingsSection}
      // What is hidden for the eye alone is placed absolutely, and must scroll with the sections.
      className="relative flex h-full flex-col overflow-y-auto @3xl/page:flex-row @3xl/page:overflow-hidden"
    >
      <div className="shrink-0 px-6 pt-6 @3xl/page:w-60 @3xl/page:overflow-y-auto @3xl/page:pr-0 @3xl/page:pl-3.5 @3xl/page:pb-6">
        <h1 className="text-xl font-semibold @3xl/page:px-2.5">{t('title')}</h1>
        <Select
          aria-label={t('section')}
          className="mt-4 max-w-80 @3xl/page:hidden"
          value={shown.id}
          onChoose={chooseSettingsSection}
          options={SETTINGS_GROUPS.flatMap(({ title: group, sections: own }) =>
            own.map(({ id, title }) => ({ value: id, label: title(), group: group() })),
          )}
        />
        <Tabs.List aria-label={t('section')} className="mt-4 hidden flex-col gap-px @3xl/page:flex">
          {SETTINGS_GROUPS.map(({ id: group, title, sections: own }) => (
            <Fragment key={group}>
              {/* A list of tabs may hold tabs alone: the heading is for the eye, and each tab is described by it. */}
              <span
                id={`${groupId}${group}`}
                aria-hidden
                className="px-2.5 pt-2.5 pb-0.5 text-xs font-medium text-ink-soft first:pt-0"
              >
                {title()}
              </span>
              {own.map(({ id, title: name }) => (
                <Tabs.Trigger
                  key={id}
                  value={id}
                  aria-describedby={`${groupId}${group}`}
                  className="min-h-7 rounded-md px-2.5 py-0.5 text-left text-sm hover:bg-hover data-[state=active]:bg-selected data-[state=active]:font-medium"
                >
                  {name()}
                </Tabs.Trigger>
              ))}
            </Fragment>
          ))}
        </Tabs.List>
      </div>
      {/* Keyed, so that each section begins at its top. */}
      <Tabs.Content
        key={shown.id}
        value={shown.id}
        className="relative min-w-0 flex-1 px-6 pt-6 pb-8 -outline-offset-2 @3xl/page:overflow-y-auto"
      >
        <section className="flex max-w-2xl flex-col gap-4">
          <h2 className="sr-only text-lg font-semibold @3xl/page:not-sr-only">{shown.title()}</h2>
          <shown.Component />
        </section>
      </Tabs.Content>
    </Tabs.Root>
  );
}
