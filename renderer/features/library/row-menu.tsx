import {
  ArrowDown,
  ArrowUp,
  ArrowUpToLine,
  Columns2,
  Download,
  Eye,
  FilePlus2,
  FileText,
  FolderInput,
  Pause,
  PenLine,
  Play,
  RotateCcw,
  Trash2,
  Undo2,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { offeredActions, type UserAction } from '../../../src/contract/job-states.ts';
import type { RecordingView } from '../../../src/contract/views.ts';
import type { MenuItem } from '../../components/menu.tsx';
import { translate } from '../../lib/i18n.ts';
import { isBeingRecorded } from '../../stores/captures.ts';
import { chooseText } from '../../stores/existing-texts.ts';
import { lastChoiceOf } from '../../stores/imports.ts';
import {
  actOnJob,
  binRecordings,
  moveInQueue,
  moveRecordings,
  readAgain,
  restoreRecordings,
  revealSource,
  transcribe,
} from '../../stores/library-actions.ts';
import { useMatters } from '../../stores/matters.ts';
import { exportRecordings, openTranscript, showOverlay } from '../../stores/navigation.ts';

/** The icons of job actions. */
export const JOB_ICONS: Readonly<Record<UserAction, ReactNode>> = {
  first: <ArrowUpToLine aria-hidden size="1rem" />,
  pause: <Pause aria-hidden size="1rem" />,
  resume: <Play aria-hidden size="1rem" />,
  cancel: <X aria-hidden size="1rem" />,
  retry: <RotateCcw aria-hidden size="1rem" />,
};

/** All actions of a row. */
export function rowMenu(recording: RecordingView, onRename: () => void): readonly MenuItem[] {
  const t = translate;
  const { id, job } = recording;
  if (recording.binnedAtMs !== null) {
    return [
      action('restore', t('library:restore'), <Undo2 aria-hidden size="1rem" />, () =>
        restoreRecordings([id]),
      ),
      {
        ...action('erase', t('library:erase'), <Trash2 aria-hidden size="1rem" />, () =>
          showOverlay({ kind: 'erase', recordingIds: [id] }),
        ),
        danger: true,
      },
    ];
  }
  if (isBeingRecorded(id)) return recordedMenu(recording, onRename);
  const choice = lastChoiceOf(recording);
  const isAtWork = job !== null && ['queued', 'running', 'paused', 'waiting'].includes(job.state);
  return [
    ...(recording.hasTranscript
      ? [
          {
            ...action('open', t('library:open'), <FileText aria-hidden size="1rem" />, () =>
              openTranscript(id),
            ),
            shortcut: 'openRecording' as const,
          },
          {
            ...action('export', t('library:export'), <Download aria-hidden size="1rem" />, () =>
              exportRecordings([id]),
            ),
            shortcut: 'exportRecordings' as const,
          },
        ]
      : []),
    ...(job === null ? [] : offeredActions(job)).map((name) =>
      action(name, t(`library:${name}`), JOB_ICONS[name], () => actOnJob(name, job?.id ?? '')),
    ),
    ...(job?.state === 'queued'
      ? [
          {
            ...action('earlier', t('library:earlier'), <ArrowUp aria-hidden size="1rem" />, () =>
              moveInQueue(id, -1),
            ),
            shortcut: 'earlier' as const,
          },
          {
            ...action('later', t('library:later'), <ArrowDown aria-hidden size="1rem" />, () =>
              moveInQueue(id, 1),
            ),
            shortcut: 'later' as const,
          },
        ]
      : []),
    ...(isAtWork
      ? []
      : [
          action(
            'transcribe',
            recording.hasTranscript ? t('library:transcribeAgain') : t('library:transcribe'),
            <Play aria-hidden size="1rem" />,
            () => transcribe(id, choice),
          ),
        ]),
    ...(recording.importFailure === null
      ? []
      : [
          action('readAgain', t('library:readAgain'), <RotateCcw aria-hidden size="1rem" />, () =>
            readAgain(id),
          ),
        ]),
    action('addText', t('texts:add'), <FilePlus2 aria-hidden size="1rem" />, () => chooseText(id)),
    ...(recording.state === 'ready' || recording.state === 'incomplete'
      ? [
          action('trial', t('trial:open'), <Columns2 aria-hidden size="1rem" />, () =>
            showOverlay({ kind: 'trial', recordingId: id }),
          ),
        ]
      : []),
    { kind: 'line', id: 'line1' },
    {
      ...action('rename', t('library:rename'), <PenLine aria-hidden size="1rem" />, onRename),
      shortcut: 'rename',
    },
    ...(recording.sourceStillThere
      ? [action('reveal', t('library:revealSource'), <Eye aria-hidden size="1rem" />, () => revealSource(id))]
      : []),
    ...moveItems(recording),
    { kind: 'line', id: 'line2' },
    {
      ...action('bin', t('library:toBin'), <Trash2 aria-hidden size="1rem" />, () => binRecordings([id])),
      shortcut: 'toBin',
      danger: true,
    },
  ];
}

/** The actions of what is being recorded: it can be named and filed, and the rest when it has ended. */
function recordedMenu(recording: RecordingView, onRename: () => void): readonly MenuItem[] {
  const { id } = recording;
  const t = translate;
  return [
    {
      ...action('open', t('library:open'), <FileText aria-hidden size="1rem" />, () => openTranscript(id)),
      shortcut: 'openRecording',
    },
    { kind: 'line', id: 'line1' },
    {
      ...action('rename', t('library:rename'), <PenLine aria-hidden size="1rem" />, onRename),
      shortcut: 'rename',
    },
    ...moveItems(recording),
  ];
}

/** The matters that a recording can be moved to. */
function moveItems({ id, matterId }: RecordingView): readonly MenuItem[] {
  const { matters } = useMatters.getState();
  const t = translate;
  return [
    ...(matters.length === 0 ? [] : [{ kind: 'heading', id: 'move', label: t('library:moveTo') } as const]),
    ...matters.map(
      (matter): MenuItem => ({
        kind: 'choice',
        id: matter.id,
        label: matter.name,
        chosen: matter.id === matterId,
        run: () => moveRecordings([id], matter.id === matterId ? null : matter.id),
      }),
    ),
    action('newMatter', t('app:newMatter'), <FolderInput aria-hidden size="1rem" />, () =>
      showOverlay({ kind: 'matter', id: null }),
    ),
  ];
}

function action(
  id: string,
  label: string,
  icon: ReactNode,
  run: () => void,
): Extract<MenuItem, { kind: 'action' }> {
  return { kind: 'action', id, label, icon, run };
}
