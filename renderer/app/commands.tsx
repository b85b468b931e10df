import {
  Archive,
  ArrowLeft,
  FileAudio,
  FileText,
  Folder,
  FolderPlus,
  History,
  Import,
  Lock,
  Moon,
  Plus,
  RotateCw,
  Search,
  Settings,
  Speech,
  Sun,
  Trash2,
} from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shortcut } from '../lib/shortcuts.ts';
import { changeSettings } from '../stores/app.ts';
import { chooseModelFile, chooseRecordings, importSamples } from '../stores/imports.ts';
import { useLibrary } from '../stores/library.ts';
import { useMatters } from '../stores/matters.ts';
import { goBack, goTo, openTranscript, showOverlay, showScope, useNavigation } from '../stores/navigation.ts';
import { attempt } from '../stores/notices.ts';
import { useOpenTranscript } from '../stores/open-transcript.ts';
import { goToSearch } from './go-to-search.ts';
import { lockNow } from './lock-now.ts';

/** One line of the command palette. */
export interface Command {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly shortcut?: Shortcut;
  readonly run: () => void;
}

/** Everything that the palette offers: commands, matters, and recordings with text. */
export function useCommands(): readonly Command[] {
  const { t } = useTranslation(['app', 'library', 'rerun', 'settings', 'transcript']);
  const matters = useMatters((store) => store.matters);
  const recordings = useLibrary((store) => store.recordings);
  const open = useNavigation(({ route }) =>
    route.screen === 'transcript' || route.screen === 'version' ? route.recordingId : null,
  );
  const askAgain = useOpenTranscript((store) => store.askAgain);
  return useMemo(() => {
    const group = t('paletteCommands');
    const command = (
      id: string,
      label: string,
      icon: ReactNode,
      run: () => void,
      shortcut?: Shortcut,
    ): Command => ({ id, group, label, icon, run, ...(shortcut === undefined ? {} : { shortcut }) });
    return [
      ...(open === null
        ? []
        : [
            command(
              'versions',
              t('transcript:versions'),
              <History aria-hidden size="1rem" />,
              () => showOverlay({ kind: 'versions', recordingId: open }),
              'Mod+Shift+H',
            ),
          ]),
      ...(askAgain === null
        ? []
        : [command('rerun', t('rerun:menu'), <RotateCw aria-hidden size="1rem" />, askAgain, 'Mod+Shift+T')]),
      command(
        'files',
        t('library:addFiles'),
        <Import aria-hidden size="1rem" />,
        () => attempt(() => chooseRecordings('files')),
        'Mod+O',
      ),
      command('folder', t('library:addFolder'), <FolderPlus aria-hidden size="1rem" />, () =>
        attempt(() => chooseRecordings('folder')),
      ),
      command('samples', t('library:addSamples'), <FileAudio aria-hidden size="1rem" />, () =>
        attempt(importSamples),
      ),
      command('model', t('library:addModel'), <Speech aria-hidden size="1rem" />, () =>
        attempt(chooseModelFile),
      ),
      command('search', t('searchLabel'), <Search aria-hidden size="1rem" />, goToSearch, 'Mod+Shift+F'),
      command(
        'matter',
        t('newMatter'),
        <Plus aria-hidden size="1rem" />,
        () => showOverlay({ kind: 'matter', id: null }),
        'Mod+N',
      ),
      command('all', t('allRecordings'), <Archive aria-hidden size="1rem" />, () =>
        showScope({ kind: 'all' }),
      ),
      command('bin', t('bin'), <Trash2 aria-hidden size="1rem" />, () => showScope({ kind: 'bin' })),
      command('models', t('models'), <Speech aria-hidden size="1rem" />, () => goTo({ screen: 'models' })),
      command(
        'settings',
        t('settings'),
        <Settings aria-hidden size="1rem" />,
        () => goTo({ screen: 'settings' }),
        'Mod+,',
      ),
      command('report', t('reportProblem'), <FileText aria-hidden size="1rem" />, () =>
        showOverlay({ kind: 'report' }),
      ),
      command('light', t('settings:useLight'), <Sun aria-hidden size="1rem" />, () =>
        attempt(() => changeSettings({ theme: 'light' })),
      ),
      command('dark', t('settings:useDark'), <Moon aria-hidden size="1rem" />, () =>
        attempt(() => changeSettings({ theme: 'dark' })),
      ),
      command('back', t('back'), <ArrowLeft aria-hidden size="1rem" />, goBack, 'Alt+ArrowLeft'),
      command('lock', t('lockNow'), <Lock aria-hidden size="1rem" />, lockNow, 'Mod+L'),
      ...matters.map((matter) => ({
        id: matter.id,
        group: t('paletteMatters'),
        label: matter.name,
        icon: <Folder aria-hidden size="1rem" />,
        run: () => showScope({ kind: 'matter', id: matter.id }),
      })),
      ...[...recordings.values()]
        .filter(({ hasTranscript, binnedAtMs }) => hasTranscript && binnedAtMs === null)
        .sort((a, b) => b.createdAtMs - a.createdAtMs)
        .map((recording) => ({
          id: recording.id,
          group: t('paletteRecordings'),
          label: recording.name,
          icon: <FileAudio aria-hidden size="1rem" />,
          run: () => openTranscript(recording.id),
        })),
    ];
  }, [t, matters, recordings, open, askAgain]);
}
