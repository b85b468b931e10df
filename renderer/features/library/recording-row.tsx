import { MoreHorizontal } from 'lucide-react';
import { type DragEvent, type MouseEvent, memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offeredActions } from '../../../src/contract/job-states.ts';
import type { RecordingView } from '../../../src/contract/views.ts';
import { IconButton } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { MenuButton, type MenuItems, RightClickMenu } from '../../components/menu.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { classNames } from '../../lib/class-names.ts';
import { clockLength, fullDate, listDate } from '../../lib/format.ts';
import { useCaptureOf, useCaptures } from '../../stores/captures.ts';
import { actOnJob, renameRecording } from '../../stores/library-actions.ts';
import { openTranscript } from '../../stores/navigation.ts';
import { LanguageChip } from './language-chip.tsx';
import { NameEditor } from './name-editor.tsx';
import { JOB_ICONS, rowMenu } from './row-menu.tsx';
import { RowSpeakers } from './row-speakers.tsx';
import { DoneMark, RowStatus } from './row-status.tsx';

/** The columns of the list: the same for header and rows. On narrow pages only what matters most. */
export const COLUMNS =
  'grid grid-cols-[1.5rem_minmax(0,1fr)_7.5rem_auto] @xl/page:grid-cols-[1.5rem_minmax(0,1fr)_7.5rem_3.5rem_5.5rem_auto] @3xl/page:grid-cols-[1.5rem_minmax(0,1fr)_8.5rem_4rem_5.5rem_auto] gap-x-3 @xl/page:gap-x-2 @3xl/page:gap-x-3 px-4';
export const COLUMNS_WITH_MATTER =
  'grid grid-cols-[1.5rem_minmax(0,1fr)_7.5rem_auto] @xl/page:grid-cols-[1.5rem_minmax(0,1fr)_7.5rem_3.5rem_5.5rem_auto] @3xl/page:grid-cols-[1.5rem_minmax(0,1fr)_8.5rem_4rem_5.5rem_auto] @5xl/page:grid-cols-[1.5rem_minmax(0,1fr)_11rem_8.5rem_4rem_5.5rem_auto] gap-x-3 @xl/page:gap-x-2 @3xl/page:gap-x-3 px-4';

/** Room for a row's buttons. */
export const ACTIONS_WIDTH = 'w-16 @xl/page:w-22';

/** The row's callbacks. */
export interface RowCallbacks {
  readonly onPress: (id: string, event: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }) => void;
  readonly onToggle: (id: string) => void;
  readonly onRename: (id: string | null) => void;
  readonly onDragBegin: (id: string, event: DragEvent) => void;
  /** A job is dropped on this row: it is moved before it. */
  readonly onDropBefore: (id: string) => void;
  readonly canDropBefore: (id: string) => boolean;
}

interface RowProps {
  recording: RecordingView;
  rowIndex: number;
  matterName: string | undefined;
  showsMatter: boolean;
  isSelected: boolean;
  /** Whether this row has the focus or the Tab stop. */
  isFocus: boolean;
  isRenaming: boolean;
  callbacks: RowCallbacks;
}

/** One recording: its name and facts, and below them its status. */
export const RecordingRow = memo(function RecordingRow(props: RowProps) {
  const { recording, rowIndex, isSelected, isFocus, callbacks } = props;
  const { t } = useTranslation('library');
  const [isTarget, setTarget] = useState(false);
  const tabIndex = isFocus ? 0 : -1;
  const isRecorded = useCaptureOf(recording.id) !== null;
  const isUnfinished = useCaptures(({ unfinished }) =>
    unfinished.some((one) => one.recordingId === recording.id),
  );
  const canOpen = recording.hasTranscript || isRecorded;
  const menu = () => rowMenu(recording, () => callbacks.onRename(recording.id));
  const press = (event: MouseEvent) => {
    if ((event.target as Element).closest('button, input, a, [role="menu"]') === null) {
      callbacks.onPress(recording.id, event);
    }
  };
  return (
    <RightClickMenu label={t('actionsFor', { name: recording.name })} items={menu}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for its rows */}
      <div
        role="row"
        aria-rowindex={rowIndex + 2}
        aria-selected={isSelected}
        tabIndex={tabIndex}
        data-recording-id={recording.id}
        onClick={press}
        onDoubleClick={() => canOpen && openTranscript(recording.id)}
        draggable={!props.isRenaming}
        onDragStart={(event) => callbacks.onDragBegin(recording.id, event)}
        onDragOver={(event) => {
          if (!callbacks.canDropBefore(recording.id)) return;
          event.preventDefault();
          setTarget(true);
        }}
        onDragLeave={() => setTarget(false)}
        onDrop={(event) => {
          setTarget(false);
          if (!callbacks.canDropBefore(recording.id)) return;
          event.preventDefault();
          callbacks.onDropBefore(recording.id);
        }}
        className={classNames(
          props.showsMatter ? COLUMNS_WITH_MATTER : COLUMNS,
          'group items-start border-b border-line py-1 -outline-offset-2',
          isSelected ? 'bg-selected' : 'hover:bg-hover/60',
          isTarget && 'shadow-[inset_0_2px_0_var(--accent)]',
        )}
      >
        <div role="gridcell" className="flex h-7 items-center">
          <Checkbox
            tabIndex={tabIndex}
            aria-label={t('select', { name: recording.name })}
            checked={isSelected}
            onCheckedChange={() => callbacks.onToggle(recording.id)}
          />
        </div>
        <NameCell {...props} canOpen={canOpen} tabIndex={tabIndex} />
        {props.showsMatter && (
          <div
            role="gridcell"
            className="hidden h-7 min-w-0 items-center text-sm text-ink-soft @5xl/page:flex"
          >
            {props.matterName !== undefined && <Truncated text={props.matterName} />}
          </div>
        )}
        <div role="gridcell" className="flex h-7 min-w-0 items-center">
          {recording.binnedAtMs === null && !isRecorded && (
            <LanguageChip recording={recording} tabIndex={tabIndex} />
          )}
        </div>
        <FactCells recording={recording} />
        <ActionsCell
          recording={recording}
          isOwned={isRecorded || isUnfinished}
          tabIndex={tabIndex}
          menu={menu}
        />
        <div role="gridcell" className="col-start-2 col-end-[-1] min-w-0 empty:hidden">
          <RowStatus recording={recording} tabIndex={tabIndex} />
        </div>
      </div>
    </RightClickMenu>
  );
});

function NameCell({
  recording,
  isRenaming,
  callbacks,
  canOpen,
  tabIndex,
}: RowProps & { canOpen: boolean; tabIndex: number }) {
  const language = useLanguage();
  const facts = [lengthOf(recording), listDate(recording.createdAtMs, Date.now(), language)]
    .filter(Boolean)
    .join(' · ');
  const save = (name: string) => {
    callbacks.onRename(null);
    if (name !== '' && name !== recording.name) renameRecording(recording.id, name);
  };
  return (
    <div role="gridcell" className="min-w-0">
      <div className="flex h-7 min-w-0 items-center gap-2">
        {isRenaming ? (
          <NameEditor name={recording.name} onSave={save} onCancel={() => callbacks.onRename(null)} />
        ) : canOpen ? (
          <button
            type="button"
            tabIndex={tabIndex}
            onClick={() => openTranscript(recording.id)}
            className="min-w-0 rounded-sm text-left text-[0.9375rem] font-medium hover:underline"
          >
            <Truncated text={recording.name} />
          </button>
        ) : (
          <Truncated text={recording.name} className="text-[0.9375rem] font-medium" />
        )}
        {!isRenaming && <DoneMark recording={recording} />}
        {!isRenaming && <RowSpeakers recording={recording} tabIndex={tabIndex} />}
      </div>
      <p className="text-xs text-ink-soft figures @xl/page:hidden">{facts}</p>
    </div>
  );
}

function lengthOf({ durationMs }: RecordingView): string {
  return durationMs === null ? '' : clockLength(durationMs);
}

/** Length and date if their columns fit; else they are below the name. */
function FactCells({ recording }: { recording: RecordingView }) {
  const language = useLanguage();
  return (
    <>
      <div
        role="gridcell"
        className="hidden h-7 items-center justify-end text-sm text-ink-soft figures @xl/page:flex"
      >
        {lengthOf(recording)}
      </div>
      <div
        role="gridcell"
        className="hidden h-7 items-center justify-end text-sm text-ink-soft figures @xl/page:flex"
      >
        <Tooltip text={fullDate(recording.createdAtMs, language)}>
          <span>{listDate(recording.createdAtMs, Date.now(), language)}</span>
        </Tooltip>
      </div>
    </>
  );
}

function ActionsCell({
  recording,
  isOwned,
  tabIndex,
  menu,
}: {
  recording: RecordingView;
  /** Its job goes along with the recording, or waits for the user's decision about it. */
  isOwned: boolean;
  tabIndex: number;
  menu: MenuItems;
}) {
  const { t } = useTranslation('library');
  const { job } = recording;
  // A failed row has its one remedy button in its text.
  const shown =
    job === null || job.state === 'failed' || recording.binnedAtMs !== null || isOwned
      ? []
      : offeredActions(job);
  return (
    <div role="gridcell" className={classNames('flex h-7 items-center justify-end', ACTIONS_WIDTH)}>
      {shown
        .filter((name) => name !== 'first' && !(name === 'retry' && job?.state === 'waiting'))
        .map((name) => (
          <IconButton
            key={name}
            size="smallIcon"
            label={t(name)}
            tabIndex={tabIndex}
            onClick={() => job && actOnJob(name, job.id)}
          >
            {JOB_ICONS[name]}
          </IconButton>
        ))}
      <MenuButton
        label={t('actionsFor', { name: recording.name })}
        items={menu}
        trigger={
          <IconButton size="smallIcon" label={t('actions')} tabIndex={tabIndex}>
            <MoreHorizontal aria-hidden size="1.0625rem" />
          </IconButton>
        }
      />
    </div>
  );
}
