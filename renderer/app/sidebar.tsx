import { Archive, Folder, FolderOpen, Inbox, Lock, Plus, Settings, Speech, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShortcutId } from '../../src/contract/shortcuts.ts';
import { IconButton } from '../components/button.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import { Truncated } from '../components/truncated.tsx';
import { classNames } from '../lib/class-names.ts';
import { draggedRows } from '../stores/dragged-rows.ts';
import { useLibrary } from '../stores/library.ts';
import { binRecordings, moveRecordings, restoreAndMove } from '../stores/library-actions.ts';
import { useMatters } from '../stores/matters.ts';
import { goTo, type Scope, showOverlay, showScope, useNavigation } from '../stores/navigation.ts';
import { lockNow } from './lock-now.ts';

/** Navigation: the matters, the bin, models and settings; and the lock. Rows can be dropped on it. */
export function Sidebar() {
  const { t } = useTranslation('app');
  const matters = useMatters((store) => store.matters);
  const counts = useCounts();
  return (
    <nav aria-label={t('navigation')} className="flex h-full flex-col overflow-y-auto px-2.5 py-4">
      <p className="mb-3 px-2.5 text-sm font-semibold text-accent">{t('appName')}</p>
      <ul className="flex flex-col gap-0.5">
        <ScopeLink scope={{ kind: 'all' }} icon={<Archive aria-hidden size="1.0625rem" />} count={counts.all}>
          {t('allRecordings')}
        </ScopeLink>
        {counts.unfiled > 0 && matters.length > 0 && (
          <ScopeLink
            scope={{ kind: 'unfiled' }}
            icon={<Inbox aria-hidden size="1.0625rem" />}
            count={counts.unfiled}
          >
            {t('unfiled')}
          </ScopeLink>
        )}
      </ul>
      <div className="mt-5 mb-1 flex items-center justify-between pl-2.5">
        <h2 id="matters" className="text-xs font-medium text-ink-soft">
          {t('matters')}
        </h2>
        <IconButton
          label={t('newMatter')}
          shortcut="newMatter"
          size="smallIcon"
          onClick={() => showOverlay({ kind: 'matter', id: null })}
        >
          <Plus aria-hidden size="1rem" />
        </IconButton>
      </div>
      {matters.length === 0 ? (
        <p className="px-2.5 text-sm text-ink-soft">{t('noMatters')}</p>
      ) : (
        <ul aria-labelledby="matters" className="flex flex-col gap-0.5">
          {matters.map((matter) => (
            <ScopeLink
              key={matter.id}
              scope={{ kind: 'matter', id: matter.id }}
              icon={<Folder aria-hidden size="1.0625rem" />}
              openIcon={<FolderOpen aria-hidden size="1.0625rem" />}
              count={counts.matters.get(matter.id) ?? 0}
              shown={{ name: matter.name, id: matter.id }}
            >
              {matter.name}
            </ScopeLink>
          ))}
        </ul>
      )}
      <ul className="mt-auto flex flex-col gap-0.5 pt-5">
        <ScopeLink scope={{ kind: 'bin' }} icon={<Trash2 aria-hidden size="1.0625rem" />} count={counts.bin}>
          {t('bin')}
        </ScopeLink>
        <ScreenLink screen="models" icon={<Speech aria-hidden size="1.0625rem" />}>
          {t('models')}
        </ScreenLink>
        <ScreenLink screen="settings" shortcut="settings" icon={<Settings aria-hidden size="1.0625rem" />}>
          {t('settings')}
        </ScreenLink>
        <li>
          <SideButton icon={<Lock aria-hidden size="1.0625rem" />} onClick={lockNow} shortcut="lock">
            {t('lockNow')}
          </SideButton>
        </li>
      </ul>
    </nav>
  );
}

function ScopeLink({
  scope,
  icon,
  openIcon = icon,
  count,
  shown,
  children,
}: {
  scope: Scope;
  icon: ReactNode;
  openIcon?: ReactNode;
  count: number;
  /** The entry's matter; it can be edited. */
  shown?: { name: string; id: string };
  children: string;
}) {
  const { t } = useTranslation('app');
  const isCurrent = useNavigation(
    ({ route }) => route.screen === 'library' && isSameScope(route.scope, scope),
  );
  const [isOver, setOver] = useState(false);
  const isTarget = scope.kind !== 'all';
  const hover = (event: DragEvent) => {
    if (!isTarget || draggedRows() === null) return;
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    const ids = draggedRows();
    setOver(false);
    if (ids === null) return;
    event.preventDefault();
    takeRows(ids, scope);
  };
  return (
    <li
      className="group relative flex items-center"
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <SideButton
        icon={isCurrent ? openIcon : icon}
        isCurrent={isCurrent}
        isTarget={isOver}
        count={count}
        onClick={() => showScope(scope)}
        onEdit={shown && (() => showOverlay({ kind: 'matter', id: shown.id }))}
      >
        {children}
      </SideButton>
      {shown && (
        <IconButton
          label={t('editMatter', { name: shown.name })}
          size="smallIcon"
          className="absolute right-1 bg-hover opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
          onClick={() => showOverlay({ kind: 'matter', id: shown.id })}
        >
          <Settings aria-hidden size="0.875rem" />
        </IconButton>
      )}
    </li>
  );
}

function ScreenLink({
  screen,
  icon,
  shortcut,
  children,
}: {
  screen: 'models' | 'settings';
  icon: ReactNode;
  shortcut?: ShortcutId;
  children: string;
}) {
  const isCurrent = useNavigation(({ route }) => route.screen === screen);
  return (
    <li>
      <SideButton icon={icon} isCurrent={isCurrent} shortcut={shortcut} onClick={() => goTo({ screen })}>
        {children}
      </SideButton>
    </li>
  );
}

function SideButton({
  icon,
  isCurrent = false,
  isTarget = false,
  count,
  shortcut,
  onClick,
  onEdit,
  children,
}: {
  icon: ReactNode;
  isCurrent?: boolean;
  isTarget?: boolean;
  count?: number;
  shortcut?: ShortcutId | undefined;
  onClick: () => void;
  onEdit?: (() => void) | undefined;
  children: string;
}) {
  const button = (
    <button
      type="button"
      aria-current={isCurrent ? 'page' : undefined}
      onClick={onClick}
      onDoubleClick={onEdit}
      className={classNames(
        'flex min-h-8 w-full min-w-0 items-center gap-2 rounded-md px-2.5 py-1 text-left text-sm',
        isCurrent ? 'bg-selected font-medium' : 'hover:bg-hover',
        isTarget && 'outline-2 outline-accent',
      )}
    >
      <span className={classNames('shrink-0', isCurrent ? 'text-accent' : 'text-ink-soft')}>{icon}</span>
      <Truncated text={children} className="flex-1" />
      {count !== undefined && count > 0 && <span className="text-xs text-ink-soft figures">{count}</span>}
    </button>
  );
  if (shortcut === undefined) return button;
  return (
    <Tooltip text={children} shortcut={shortcut} side="right">
      {button}
    </Tooltip>
  );
}

function isSameScope(a: Scope, b: Scope): boolean {
  if (a.kind === 'matter' && b.kind === 'matter') return a.id === b.id;
  return a.kind === b.kind;
}

function takeRows(ids: readonly string[], scope: Scope): void {
  if (scope.kind === 'bin') binRecordings(ids);
  else if (scope.kind === 'matter') restoreAndMove(ids, scope.id);
  else moveRecordings(ids, null);
}

function useCounts(): { all: number; unfiled: number; bin: number; matters: ReadonlyMap<string, number> } {
  const recordings = useLibrary((store) => store.recordings);
  const matters = new Map<string, number>();
  let all = 0;
  let unfiled = 0;
  let bin = 0;
  for (const { binnedAtMs, matterId } of recordings.values()) {
    if (binnedAtMs !== null) {
      bin += 1;
      continue;
    }
    all += 1;
    if (matterId === null) unfiled += 1;
    else matters.set(matterId, (matters.get(matterId) ?? 0) + 1);
  }
  return { all, unfiled, bin, matters };
}
