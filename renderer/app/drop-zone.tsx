import { Import } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTextName } from '../../src/contract/existing-text.ts';
import { addText } from '../stores/existing-texts.ts';
import { importFiles } from '../stores/imports.ts';
import { useLibrary } from '../stores/library.ts';
import { useMatters } from '../stores/matters.ts';
import { useNavigation } from '../stores/navigation.ts';
import { attempt } from '../stores/toasts.ts';

/**
 * Imports files and folders dropped anywhere on the window, and shows that while they hover. A text that is dropped onto a
 * recording, or onto its transcript, is added to that one.
 */
export function DropZone({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['app', 'texts']);
  const [isOver, setOver] = useState(false);
  const [textOf, setTextOf] = useState<string | null>(null);
  const depth = useRef(0);
  const matterName = useMatterName();

  const enter = (event: DragEvent) => {
    if (!bringsFiles(event)) return;
    depth.current += 1;
    setOver(true);
  };
  const leave = (event: DragEvent) => {
    if (!bringsFiles(event)) return;
    depth.current -= 1;
    if (depth.current <= 0) setOver(false);
  };
  const hover = (event: DragEvent) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setTextOf(bringsText(event) ? (recordingUnder(event)?.name ?? null) : null);
  };
  const drop = (event: DragEvent) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    // Before the editor gets it, which would type a text file's words into the transcript.
    event.stopPropagation();
    depth.current = 0;
    setOver(false);
    const files = [...event.dataTransfer.files];
    const [first, ...others] = files;
    const recording = recordingUnder(event);
    if (first !== undefined && others.length === 0 && recording !== null && isTextName(first.name))
      addText(recording.id, first);
    else attempt(() => importFiles(files));
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has a button and a command of its own
    <div className="h-full" onDragEnter={enter} onDragLeave={leave} onDragOver={hover} onDropCapture={drop}>
      {children}
      {isOver && (
        <div
          role="status"
          className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-ground/80 p-4"
        >
          <div className="flex h-full w-full flex-col items-center justify-center rounded-2xl border-2 border-dashed border-accent px-8 text-center">
            <Import aria-hidden size="2.5rem" strokeWidth={1.5} className="text-accent" />
            <p className="mt-3 text-2xl font-semibold">
              {textOf === null ? t('dropTitle') : t('texts:dropTitle')}
            </p>
            <p className="mt-1 max-w-lg text-ink-soft [overflow-wrap:anywhere]">
              {textOf !== null
                ? t('texts:dropHere', { name: textOf })
                : matterName === undefined
                  ? t('dropAnywhere')
                  : t('dropInto', { name: matterName })}
            </p>
          </div>
        </div>
      )}
    </div>
  );
}

/** While files hover, the system tells no names, only their kinds; of subtitles often none. */
function bringsText({ dataTransfer: { items } }: DragEvent): boolean {
  const [first] = items;
  if (first === undefined || items.length !== 1) return false;
  return /^$|^text\/|json|wordprocessingml|subrip/u.test(first.type);
}

/** The recording whose row is under the pointer, or whose transcript is on the screen. */
function recordingUnder({ target }: DragEvent): { id: string; name: string } | null {
  const { route } = useNavigation.getState();
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-recording-id]') : null;
  const id = row?.dataset.recordingId ?? (route.screen === 'transcript' ? route.recordingId : undefined);
  const recording = id === undefined ? undefined : useLibrary.getState().recordings.get(id);
  return recording === undefined || recording.binnedAtMs !== null ? null : recording;
}

function bringsFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}

function useMatterName(): string | undefined {
  const route = useNavigation((store) => store.route);
  const matters = useMatters((store) => store.matters);
  const id = route.screen === 'library' && route.scope.kind === 'matter' ? route.scope.id : null;
  return matters.find((matter) => matter.id === id)?.name;
}
