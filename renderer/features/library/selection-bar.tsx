import { Download, FolderInput, ListOrdered, Trash2, Undo2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RecordingView } from '../../../src/contract/views.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { MenuButton } from '../../components/menu.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import { captureOf, useCaptures } from '../../stores/captures.ts';
import { binRecordings, moveRecordings, restoreRecordings } from '../../stores/library-actions.ts';
import { useMatters } from '../../stores/matters.ts';
import { exportRecordings, showOverlay } from '../../stores/navigation.ts';

/** The actions for several recordings at once. */
export function SelectionBar({
  selected,
  onClear,
}: {
  selected: readonly RecordingView[];
  onClear: () => void;
}) {
  const { t } = useTranslation(['library', 'app']);
  const matters = useMatters((store) => store.matters);
  const ids = selected.map(({ id }) => id);
  const withText = selected.filter(({ hasTranscript }) => hasTranscript).map(({ id }) => id);
  // What is being recorded can neither be joined nor thrown away before it has ended.
  const isAnyRecorded = useCaptures(({ captures }) => ids.some((id) => captureOf(captures, id) !== null));
  const areBinned = selected.every(({ binnedAtMs }) => binnedAtMs !== null);
  return (
    <div
      role="toolbar"
      data-passing
      aria-label={t('selected', { count: ids.length })}
      className="flex flex-wrap items-center gap-2 border-t border-line bg-surface px-4 py-2"
    >
      <p role="status" className="mr-auto text-sm">
        {t('selected', { count: ids.length })}
      </p>
      {areBinned ? (
        <>
          <Button size="small" onClick={() => restoreRecordings(ids)}>
            <Undo2 aria-hidden size="0.9375rem" />
            {t('restore')}
          </Button>
          <Button size="small" onClick={() => showOverlay({ kind: 'erase', recordingIds: ids })}>
            <Trash2 aria-hidden size="0.9375rem" />
            {t('erase')}
          </Button>
        </>
      ) : (
        <>
          {withText.length > 0 && (
            <Tooltip text={t('export')} shortcut="exportRecordings" side="top">
              <Button size="small" onClick={() => exportRecordings(withText)}>
                <Download aria-hidden size="0.9375rem" />
                {t('exportCount', { count: withText.length })}
              </Button>
            </Tooltip>
          )}
          {matters.length > 0 && (
            <MenuButton
              label={t('moveTo')}
              trigger={
                <Button size="small">
                  <FolderInput aria-hidden size="0.9375rem" />
                  {t('moveTo')}
                </Button>
              }
              items={[
                ...matters.map((matter) => ({
                  kind: 'action' as const,
                  id: matter.id,
                  label: matter.name,
                  run: () => moveRecordings(ids, matter.id),
                })),
                { kind: 'line', id: 'line' },
                {
                  kind: 'action',
                  id: 'unfiled',
                  label: t('app:unfiled'),
                  run: () => moveRecordings(ids, null),
                },
              ]}
            />
          )}
          {!isAnyRecorded && (
            <>
              <Button size="small" onClick={() => showOverlay({ kind: 'join', recordingIds: ids })}>
                <ListOrdered aria-hidden size="0.9375rem" />
                {t('join')}
              </Button>
              <Tooltip text={t('toBin')} shortcut="toBin" side="top">
                <Button size="small" onClick={() => binRecordings(ids)}>
                  <Trash2 aria-hidden size="0.9375rem" />
                  {t('toBin')}
                </Button>
              </Tooltip>
            </>
          )}
        </>
      )}
      <IconButton label={t('clearSelection')} shortcut="clearSelection" size="smallIcon" onClick={onClear}>
        <X aria-hidden size="0.9375rem" />
      </IconButton>
    </div>
  );
}
