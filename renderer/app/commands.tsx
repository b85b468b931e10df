import {
  Archive,
  ArrowLeft,
  Ear,
  FileAudio,
  FileText,
  Flag,
  Folder,
  FolderPlus,
  History,
  Import,
  Keyboard,
  Lock,
  Mic,
  Moon,
  Pause,
  Play,
  Plus,
  Quote,
  RotateCw,
  Search,
  Settings,
  SlidersHorizontal,
  Speech,
  Square,
  Sun,
  TextCursorInput,
  TextSearch,
  Trash2,
  UserRoundCheck,
  UsersRound,
  VenetianMask,
} from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ShortcutId, type ShortcutIdIn, snippetAction } from '../../src/contract/shortcuts.ts';
import { runningCaptures, useCaptures } from '../stores/captures.ts';
import { useLibrary } from '../stores/library.ts';
import { useMatters } from '../stores/matters.ts';
import { openTranscript, showOverlay, showScope, useNavigation } from '../stores/navigation.ts';
import { useOpenTranscript } from '../stores/open-transcript.ts';
import { snippetsOf, useSnippets } from '../stores/snippets.ts';
import { EVERYWHERE_ACTIONS } from './everywhere-actions.ts';

/** One item of the command palette. */
export interface Command {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly shortcut?: ShortcutId;
  readonly run: () => void;
}

/** All entries of the palette: commands, matters, and recordings with text. */
export function useCommands(): readonly Command[] {
  const { t } = useTranslation([
    'app',
    'actions',
    'editorTools',
    'library',
    'record',
    'rerun',
    'settings',
    'transcript',
  ]);
  const matters = useMatters((store) => store.matters);
  const recordings = useLibrary((store) => store.recordings);
  const open = useNavigation(({ route }) =>
    route.screen === 'transcript' || route.screen === 'version' ? route.recordingId : null,
  );
  const askAgain = useOpenTranscript((store) => store.askAgain);
  const showSpeakers = useOpenTranscript((store) => store.showSpeakers);
  const showChecked = useOpenTranscript((store) => store.showChecked);
  const showPseudonyms = useOpenTranscript((store) => store.showPseudonyms);
  const playUnheard = useOpenTranscript((store) => store.playUnheard);
  const copyCitation = useOpenTranscript((store) => store.copyCitation);
  const goToCitation = useOpenTranscript((store) => store.goToCitation);
  const setMarker = useOpenTranscript((store) => store.setMarker);
  const insertSnippet = useOpenTranscript((store) => store.insertSnippet);
  const snippets = useSnippets();
  const state = useCaptures(({ captures }) => runningCaptures(captures).at(-1)?.state);
  const isRecording = state !== undefined && state !== 'finishing';
  const isPaused = state === 'paused';
  return useMemo(() => {
    const group = t('paletteCommands');
    const command = (id: ShortcutIdIn<'everywhere'>, label: string, icon: ReactNode): Command => ({
      id,
      group,
      label,
      icon,
      run: EVERYWHERE_ACTIONS[id],
      shortcut: id,
    });
    return [
      ...(open === null
        ? []
        : [
            {
              id: 'versions',
              group,
              label: t('transcript:versions'),
              icon: <History aria-hidden size="1rem" />,
              run: () => showOverlay({ kind: 'versions', recordingId: open }),
              shortcut: 'versions' as const,
            },
          ]),
      ...(askAgain === null
        ? []
        : [
            {
              id: 'again',
              group,
              label: t('rerun:menu'),
              icon: <RotateCw aria-hidden size="1rem" />,
              run: askAgain,
              shortcut: 'again' as const,
            },
          ]),
      ...(showSpeakers === null
        ? []
        : [
            {
              id: 'speakers',
              group,
              label: t('actions:speakers'),
              icon: <UsersRound aria-hidden size="1rem" />,
              run: showSpeakers,
              shortcut: 'speakers' as const,
            },
          ]),
      ...(insertSnippet === null
        ? []
        : snippetsOf(snippets).map(({ place, text }) => ({
            id: snippetAction(place),
            group,
            label: t('editorTools:insertSnippet', { text }),
            icon: <TextCursorInput aria-hidden size="1rem" />,
            run: () => insertSnippet(place),
            shortcut: snippetAction(place),
          }))),
      ...(showChecked === null
        ? []
        : [
            {
              id: 'checked',
              group,
              label: t('actions:checked'),
              icon: <UserRoundCheck aria-hidden size="1rem" />,
              run: showChecked,
              shortcut: 'checked' as const,
            },
          ]),
      ...(showPseudonyms === null
        ? []
        : [
            {
              id: 'pseudonyms',
              group,
              label: t('actions:pseudonyms'),
              icon: <VenetianMask aria-hidden size="1rem" />,
              run: showPseudonyms,
              shortcut: 'pseudonyms' as const,
            },
          ]),
      ...(playUnheard === null
        ? []
        : [
            {
              id: 'nextUnheard',
              group,
              label: t('actions:nextUnheard'),
              icon: <Ear aria-hidden size="1rem" />,
              run: playUnheard,
              shortcut: 'nextUnheard' as const,
            },
          ]),
      ...(copyCitation === null
        ? []
        : [
            {
              id: 'copyCitation',
              group,
              label: t('actions:copyCitation'),
              icon: <Quote aria-hidden size="1rem" />,
              run: copyCitation,
              shortcut: 'copyCitation' as const,
            },
          ]),
      ...(goToCitation === null
        ? []
        : [
            {
              id: 'goToCitation',
              group,
              label: t('actions:goToCitation'),
              icon: <TextSearch aria-hidden size="1rem" />,
              run: goToCitation,
              shortcut: 'goToCitation' as const,
            },
          ]),
      command(
        'record',
        isRecording ? t('record:stop') : t('record:record'),
        isRecording ? <Square aria-hidden size="1rem" /> : <Mic aria-hidden size="1rem" />,
      ),
      ...(isRecording
        ? [
            command(
              'pauseRecording',
              isPaused ? t('record:resume') : t('record:pause'),
              isPaused ? <Play aria-hidden size="1rem" /> : <Pause aria-hidden size="1rem" />,
            ),
          ]
        : []),
      ...(isRecording || setMarker !== null
        ? [command('setMarker', t('record:setMarker'), <Flag aria-hidden size="1rem" />)]
        : []),
      command('recordOptions', t('record:options'), <SlidersHorizontal aria-hidden size="1rem" />),
      command('addFiles', t('library:addFiles'), <Import aria-hidden size="1rem" />),
      command('addFolder', t('library:addFolder'), <FolderPlus aria-hidden size="1rem" />),
      command('addSamples', t('library:addSamples'), <FileAudio aria-hidden size="1rem" />),
      command('addModel', t('library:addModel'), <Speech aria-hidden size="1rem" />),
      command('search', t('searchLabel'), <Search aria-hidden size="1rem" />),
      command('newMatter', t('newMatter'), <Plus aria-hidden size="1rem" />),
      command('allRecordings', t('allRecordings'), <Archive aria-hidden size="1rem" />),
      command('bin', t('bin'), <Trash2 aria-hidden size="1rem" />),
      command('models', t('models'), <Speech aria-hidden size="1rem" />),
      command('settings', t('settings'), <Settings aria-hidden size="1rem" />),
      command('shortcuts', t('actions:shortcuts'), <Keyboard aria-hidden size="1rem" />),
      command('report', t('reportProblem'), <FileText aria-hidden size="1rem" />),
      command('lightTheme', t('settings:useLight'), <Sun aria-hidden size="1rem" />),
      command('darkTheme', t('settings:useDark'), <Moon aria-hidden size="1rem" />),
      command('goBack', t('back'), <ArrowLeft aria-hidden size="1rem" />),
      command('lock', t('lockNow'), <Lock aria-hidden size="1rem" />),
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
  }, [
    t,
    matters,
    recordings,
    open,
    askAgain,
    showSpeakers,
    setMarker,
    insertSnippet,
    snippets,
    showChecked,
    showPseudonyms,
    playUnheard,
    copyCitation,
    goToCitation,
    isRecording,
    isPaused,
  ]);
}
