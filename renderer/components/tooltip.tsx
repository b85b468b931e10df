import { Tooltip as Radix } from 'radix-ui';
import { type ReactElement, type ReactNode, useContext } from 'react';
import type { ShortcutId } from '../../src/contract/shortcuts.ts';
import { shortcutLabel, shownKey } from '../lib/shortcuts.ts';
import { WindowFactsContext } from './window-facts.ts';

/** Lets successive tooltips open without delay; rendered once around the whole window. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}

/** Describes a control's action and shortcut. The control keeps its own accessible name. */
export function Tooltip({
  text,
  shortcut,
  side = 'bottom',
  children,
}: {
  text: string;
  shortcut?: ShortcutId | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right';
  children: ReactElement;
}) {
  const { platform, keys } = useContext(WindowFactsContext);
  const key = shortcut === undefined ? undefined : shownKey(keys, shortcut);
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <div aria-hidden>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-96 rounded-md bg-ink px-2.5 py-1.5 text-sm text-ground shadow-float [overflow-wrap:anywhere]"
          >
            {text}
            {key !== undefined && (
              <kbd className="ml-2 font-sans opacity-80">{shortcutLabel(key, platform)}</kbd>
            )}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}
