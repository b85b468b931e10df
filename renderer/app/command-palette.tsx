import { CornerDownLeft } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shortcut } from '../../src/contract/shortcuts.ts';
import type { AppState } from '../../src/contract/views.ts';
import { Truncated } from '../components/truncated.tsx';
import { usePlatform } from '../components/window-facts.ts';
import { classNames } from '../lib/class-names.ts';
import { returnKeyboard } from '../lib/keyboard-places.ts';
import { shortcutLabel, shownKey } from '../lib/shortcuts.ts';
import { useShortcutKeys } from '../stores/shortcuts.ts';
import { type Command, useCommands } from './commands.tsx';
import { matchingCommands } from './matching-commands.ts';

/** Searches all commands and places by name: type, choose with the arrows, Enter. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('app');
  const platform = usePlatform();
  const keys = useShortcutKeys();
  const keyOf = ({ shortcut }: Command) => (shortcut === undefined ? undefined : shownKey(keys, shortcut));
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const commands = useCommands();
  const found = useMemo(() => matchingCommands(commands, text), [commands, text]);
  const current = found[Math.min(chosen, found.length - 1)];

  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen option has been drawn anew
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, found]);

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setChosen((Math.min(chosen, found.length - 1) + step + found.length) % found.length);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      run(current);
    }
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-black/35" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnKeyboard}
          className="appear fixed inset-x-4 top-[10vh] z-40 mx-auto flex max-h-[70vh] max-w-xl flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-float"
        >
          <Dialog.Title className="sr-only">{t('paletteTitle')}</Dialog.Title>
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={current && `${listId}-${current.id}`}
            aria-label={t('palettePlaceholder')}
            placeholder={t('palettePlaceholder')}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setChosen(0);
            }}
            onKeyDown={press}
            className="border-b border-line bg-transparent px-5 py-4 text-base outline-none"
          />
          <div
            ref={list}
            id={listId}
            role="listbox"
            aria-label={t('paletteTitle')}
            className="overflow-y-auto p-2"
          >
            {found.map((command, index) => (
              <div key={command.id} role="presentation">
                {command.group !== found[index - 1]?.group && (
                  <p role="presentation" className="px-3 pt-2 pb-1 text-xs text-ink-soft">
                    {command.group}
                  </p>
                )}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above */}
                <div
                  id={`${listId}-${command.id}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={command === current}
                  onClick={() => run(command)}
                  onPointerMove={() => setChosen(index)}
                  className={classNames(
                    'flex min-h-9 items-center gap-3 rounded-md px-3 text-sm',
                    command === current && 'bg-selected',
                  )}
                >
                  <span className="shrink-0 text-ink-soft">{command.icon}</span>
                  <Truncated text={command.label} className="flex-1" />
                  <Key shortcut={keyOf(command)} platform={platform} />
                  {command === current && keyOf(command) === undefined && (
                    <CornerDownLeft aria-hidden size="0.875rem" className="text-ink-soft" />
                  )}
                </div>
              </div>
            ))}
          </div>
          {found.length === 0 && (
            <p role="status" className="px-5 pb-5 text-sm text-ink-soft">
              {t('paletteEmpty')}
            </p>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Key({ shortcut, platform }: { shortcut: Shortcut | undefined; platform: AppState['platform'] }) {
  if (shortcut === undefined) return null;
  return <kbd className="font-sans text-xs text-ink-soft">{shortcutLabel(shortcut, platform)}</kbd>;
}
