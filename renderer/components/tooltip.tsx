import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { type Shortcut, shortcutLabel } from '../lib/shortcuts.ts';
import { usePlatform } from './use-language.ts';

/** Lets tooltips follow each other without waiting; stands once around the whole window. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}

/** Says what a control does, and names its shortcut. The control keeps its own accessible name. */
export function Tooltip({
  text,
  shortcut,
  side = 'bottom',
  children,
}: {
  text: string;
  shortcut?: Shortcut | undefined;
  side?: 'top' | 'bottom' | 'left' | 'right';
  children: ReactElement;
}) {
  const platform = usePlatform();
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
            {shortcut !== undefined && (
              <kbd className="ml-2 font-sans opacity-80">{shortcutLabel(shortcut, platform)}</kbd>
            )}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}
