import { FolderPlus, Import, Menu, Plus, Search, Speech, Terminal, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../components/button.tsx';
import { MenuButton } from '../components/menu.tsx';
import { usePlatform } from '../components/window-facts.ts';
import { RecordButton } from '../features/record/record-button.tsx';
import { returnKeyboard } from '../lib/keyboard-places.ts';
import { shortcutLabel, shownKey } from '../lib/shortcuts.ts';
import { chooseModelFile, chooseRecordings } from '../stores/imports.ts';
import { type Route, searchFor, showOverlay, useNavigation } from '../stores/navigation.ts';
import { useShortcutKeys } from '../stores/shortcuts.ts';
import { attempt } from '../stores/toasts.ts';
import { Sidebar } from './sidebar.tsx';

/** Search, adding, and the commands. On a narrow window also the sidebar's button. */
export function TopBar() {
  const { t } = useTranslation(['app', 'library']);
  const route = useNavigation((store) => store.route);
  // A transcript has a bar of its own, and needs the space.
  if (route.screen === 'transcript' || route.screen === 'version') return null;
  return (
    <header className="flex items-center gap-2 border-b border-line px-4 py-2.5">
      <NarrowNavigation />
      <SearchField />
      <div className="ml-auto flex items-center gap-1.5">
        <IconButton label={t('commands')} shortcut="palette" onClick={() => showOverlay({ kind: 'palette' })}>
          <Terminal aria-hidden size="1.125rem" />
        </IconButton>
        <RecordButton />
        <MenuButton
          label={t('addRecordings')}
          trigger={
            <Button look="primary" aria-label={t('addRecordings')}>
              <Plus aria-hidden size="1.0625rem" />
              <span className="hidden @xl/page:inline">{t('addRecordings')}</span>
            </Button>
          }
          items={[
            {
              kind: 'action',
              id: 'files',
              label: t('library:addFiles'),
              icon: <Import aria-hidden size="1rem" />,
              shortcut: 'addFiles',
              run: () => attempt(() => chooseRecordings('files')),
            },
            {
              kind: 'action',
              id: 'folder',
              label: t('library:addFolder'),
              icon: <FolderPlus aria-hidden size="1rem" />,
              run: () => attempt(() => chooseRecordings('folder')),
            },
            { kind: 'line', id: 'line' },
            {
              kind: 'action',
              id: 'model',
              label: t('library:addModel'),
              icon: <Speech aria-hidden size="1rem" />,
              run: () => attempt(chooseModelFile),
            },
          ]}
        />
      </div>
    </header>
  );
}

/** The id of the search field, for its shortcut. */
export const SEARCH_FIELD_ID = 'search-everything';

function SearchField() {
  const { t } = useTranslation('app');
  const platform = usePlatform();
  const key = shownKey(useShortcutKeys(), 'search');
  const search = useNavigation((store) => store.search);
  const input = useRef<HTMLInputElement>(null);
  return (
    <search className="relative max-w-md min-w-0 flex-1">
      <Search aria-hidden size="1rem" className="pointer-events-none absolute top-2.5 left-3 text-ink-soft" />
      <input
        ref={input}
        id={SEARCH_FIELD_ID}
        type="search"
        aria-label={t('searchLabel')}
        placeholder={t('searchPlaceholder')}
        title={search === '' ? t('searchPlaceholder') : undefined}
        autoComplete="off"
        spellCheck={false}
        value={search}
        maxLength={500}
        onChange={(event) => searchFor(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') searchFor('');
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            document.querySelector<HTMLElement>('[data-search-hits] [tabindex="0"]')?.focus();
          }
        }}
        className="min-h-9 w-full rounded-md border border-line bg-surface pr-9 pl-9 placeholder-shown:pr-3 @3xl/page:placeholder-shown:pr-24 text-ellipsis placeholder:text-ellipsis text-sm outline-offset-0 [&::-webkit-search-cancel-button]:hidden"
      />
      {search === '' && key !== undefined && (
        <kbd
          aria-hidden
          className="pointer-events-none absolute top-2.5 right-3 hidden font-sans text-xs text-ink-soft @3xl/page:inline"
        >
          {shortcutLabel(key, platform)}
        </kbd>
      )}
      {search !== '' && (
        <IconButton
          label={t('clearSearch')}
          size="smallIcon"
          className="absolute top-1 right-1"
          onClick={() => {
            searchFor('');
            input.current?.focus();
          }}
        >
          <X aria-hidden size="0.9375rem" />
        </IconButton>
      )}
    </search>
  );
}

/** The sidebar over the screen, if the window is too narrow for it. */
function NarrowNavigation() {
  const { t } = useTranslation('app');
  const route = useNavigation((store) => store.route);
  // Navigation closes it, at once: it holds the focus, which goes to the screen.
  const [openedAt, setOpenedAt] = useState<Route | null>(null);
  return (
    <Dialog.Root open={openedAt === route} onOpenChange={(isOpen) => setOpenedAt(isOpen ? route : null)}>
      <div className="@3xl/frame:hidden">
        <Dialog.Trigger asChild>
          <IconButton label={t('openNavigation')}>
            <Menu aria-hidden size="1.125rem" />
          </IconButton>
        </Dialog.Trigger>
      </div>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-black/35" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnKeyboard}
          className="fixed inset-y-0 left-0 z-40 w-64 max-w-[85vw] border-r border-line bg-sunken shadow-float"
        >
          <Dialog.Title className="sr-only">{t('navigation')}</Dialog.Title>
          <Sidebar />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
