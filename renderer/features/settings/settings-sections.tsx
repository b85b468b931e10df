import type { ComponentType } from 'react';
import { translate } from '../../lib/i18n.ts';
import { AboutSettings } from './about-settings.tsx';
import { CertificatesSetting } from './certificates-setting.tsx';
import { CorrectionsSettings } from './corrections-settings.tsx';
import { DiagnosticsSetting } from './diagnostics-setting.tsx';
import { LanguagesSettings } from './languages-settings.tsx';
import { LockingSettings } from './locking-settings.tsx';
import { LookSettings } from './look-settings.tsx';
import { PlacesSettings } from './places-settings.tsx';
import { PrivacySettings } from './privacy-settings.tsx';
import { QualitySettings } from './quality-settings.tsx';
import { ShortcutsSettings } from './shortcuts-settings.tsx';
import { SnippetsSetting } from './snippets-setting.tsx';
import { SpellingSetting } from './spelling-setting.tsx';
import { TemplatesSetting } from './templates-setting.tsx';
import { VaultSettings } from './vault-settings.tsx';
import { VoicesSetting } from './voices-setting.tsx';
import { WatchedSettings } from './watched-settings.tsx';

/** One section of the settings screen. */
export interface SettingsSection {
  /** Letters alone, at most 40: by it `showSettings` opens the section. */
  readonly id: string;
  /** Its name in the window's language. */
  readonly title: () => string;
  readonly Component: ComponentType;
}

/** Sections that stand under one heading. */
export interface SettingsGroup {
  readonly id: string;
  /** The heading in the window's language. */
  readonly title: () => string;
  readonly sections: readonly [SettingsSection, ...SettingsSection[]];
}

/** The sections of the settings in the order of their list; the first is shown where none was chosen. */
export const SETTINGS_GROUPS: readonly [SettingsGroup, ...SettingsGroup[]] = [
  {
    id: 'general',
    title: () => translate('settings:groupGeneral'),
    sections: [
      { id: 'look', title: () => translate('settings:look'), Component: LookSettings },
      { id: 'shortcuts', title: () => translate('shortcuts:title'), Component: ShortcutsSettings },
    ],
  },
  {
    id: 'transcribing',
    title: () => translate('settings:groupTranscribing'),
    sections: [
      { id: 'quality', title: () => translate('quality:title'), Component: QualitySettings },
      { id: 'languages', title: () => translate('languages:title'), Component: LanguagesSettings },
      { id: 'corrections', title: () => translate('corrections:title'), Component: CorrectionsSettings },
      { id: 'watched', title: () => translate('watched:title'), Component: WatchedSettings },
      { id: 'voices', title: () => translate('voices:title'), Component: VoicesSetting },
    ],
  },
  {
    id: 'editing',
    title: () => translate('settings:groupEditing'),
    sections: [
      { id: 'snippets', title: () => translate('editorTools:snippets'), Component: SnippetsSetting },
      { id: 'spelling', title: () => translate('editorTools:spelling'), Component: SpellingSetting },
    ],
  },
  {
    id: 'vault',
    title: () => translate('settings:groupVault'),
    sections: [
      { id: 'locking', title: () => translate('settings:locking'), Component: LockingSettings },
      { id: 'vault', title: () => translate('settings:vault'), Component: VaultSettings },
      { id: 'places', title: () => translate('places:title'), Component: PlacesSettings },
      { id: 'privacy', title: () => translate('privacy:title'), Component: PrivacySettings },
    ],
  },
  {
    id: 'office',
    title: () => translate('settings:groupOffice'),
    sections: [
      { id: 'templates', title: () => translate('templates:title'), Component: TemplatesSetting },
      {
        id: 'certificates',
        title: () => translate('retention:certificates'),
        Component: CertificatesSetting,
      },
    ],
  },
  {
    id: 'help',
    title: () => translate('settings:groupHelp'),
    sections: [
      { id: 'problems', title: () => translate('settings:problems'), Component: DiagnosticsSetting },
      { id: 'about', title: () => translate('settings:about'), Component: AboutSettings },
    ],
  },
];
