import { Check } from 'lucide-react';
import { ContextMenu, DropdownMenu } from 'radix-ui';
import { type ReactElement, type ReactNode, useContext } from 'react';
import type { ShortcutId } from '../../src/contract/shortcuts.ts';
import { classNames } from '../lib/class-names.ts';
import { isKeyboardLost } from '../lib/keyboard-places.ts';
import { shortcutLabel, shownKey } from '../lib/shortcuts.ts';
import { WindowFactsContext } from './window-facts.ts';

/** One item of a menu. */
export type MenuItem =
  | {
      readonly kind: 'action';
      readonly id: string;
      readonly label: string;
      readonly icon?: ReactNode;
      readonly shortcut?: ShortcutId;
      readonly danger?: boolean;
      readonly run: () => void;
    }
  | { readonly kind: 'line'; readonly id: string }
  | { readonly kind: 'heading'; readonly id: string; readonly label: string }
  | {
      readonly kind: 'choice';
      readonly id: string;
      readonly label: string;
      readonly chosen: boolean;
      /** Other items depend on it: the menu stays open. */
      readonly keepsOpen?: boolean;
      readonly run: () => void;
    };

const PANEL =
  'z-50 max-h-[min(32rem,var(--radix-popper-available-height))] min-w-48 max-w-80 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-float appear';
const ITEM =
  'flex min-h-8 select-none items-center gap-2.5 rounded-md px-2.5 py-1 text-sm outline-none data-[highlighted]:bg-hover';

/** The items of a menu; a function makes them when the menu opens, which saves work in long lists. */
export type MenuItems = readonly MenuItem[] | (() => readonly MenuItem[]);

/** The focus stays where the chosen action has put it; else it returns to what opened the menu. */
function keepIfTaken(event: Event): void {
  if (!isKeyboardLost()) event.preventDefault();
}

/** A button that opens a menu. The trigger is the child element. */
export function MenuButton({
  trigger,
  items,
  align = 'end',
  label,
}: {
  trigger: ReactElement;
  items: MenuItems;
  align?: 'start' | 'end';
  label: string;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <section aria-label={label}>
          <DropdownMenu.Content
            align={align}
            sideOffset={4}
            collisionPadding={8}
            aria-label={label}
            tabIndex={0}
            onCloseAutoFocus={keepIfTaken}
            className={PANEL}
          >
            <MenuLines items={items} parts={DropdownMenu} />
          </DropdownMenu.Content>
        </section>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Opens a menu on a right click, or with the menu key, on its children. */
export function RightClickMenu({
  items,
  label,
  children,
}: {
  items: MenuItems;
  label: string;
  children: ReactElement;
}) {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <section aria-label={label}>
          <ContextMenu.Content
            collisionPadding={8}
            aria-label={label}
            tabIndex={0}
            onCloseAutoFocus={keepIfTaken}
            className={PANEL}
          >
            <MenuLines items={items} parts={ContextMenu} />
          </ContextMenu.Content>
        </section>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** Both kinds of menu have parts with the same names. */
type MenuParts = Pick<
  typeof DropdownMenu | typeof ContextMenu,
  'Item' | 'Label' | 'Separator' | 'CheckboxItem' | 'ItemIndicator'
>;

function MenuLines({ items, parts }: { items: MenuItems; parts: MenuParts }) {
  const lines = typeof items === 'function' ? items() : items;
  return lines.map((item) => <MenuLine key={item.id} item={item} parts={parts} />);
}

function MenuLine({ item, parts }: { item: MenuItem; parts: MenuParts }) {
  switch (item.kind) {
    case 'line':
      return <parts.Separator className="mx-2 my-1 h-px bg-line" />;
    case 'heading':
      return <parts.Label className="px-2.5 pt-1.5 pb-1 text-xs text-ink-soft">{item.label}</parts.Label>;
    case 'choice':
      return (
        <parts.CheckboxItem
          checked={item.chosen}
          onSelect={(event) => {
            if (item.keepsOpen) event.preventDefault();
            item.run();
          }}
          className={ITEM}
        >
          <span className="flex w-4 shrink-0 justify-center">
            <parts.ItemIndicator>
              <Check aria-hidden size="0.9375rem" />
            </parts.ItemIndicator>
          </span>
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{item.label}</span>
        </parts.CheckboxItem>
      );
    case 'action':
      return (
        <parts.Item onSelect={item.run} className={classNames(ITEM, item.danger && 'text-danger')}>
          <span className="flex w-4 shrink-0 justify-center">{item.icon}</span>
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{item.label}</span>
          {item.shortcut !== undefined && <MenuKey shortcut={item.shortcut} />}
        </parts.Item>
      );
  }
}

function MenuKey({ shortcut }: { shortcut: ShortcutId }) {
  const { platform, keys } = useContext(WindowFactsContext);
  const key = shownKey(keys, shortcut);
  if (key === undefined) return null;
  return <kbd className="pl-3 font-sans text-xs text-ink-soft">{shortcutLabel(key, platform)}</kbd>;
}
