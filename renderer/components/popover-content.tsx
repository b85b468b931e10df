import { Popover } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from '../lib/class-names.ts';

/** What a Radix popover shows: a panel with a name that stays within the window, and scrolls where that is small. */
export function PopoverContent({
  label,
  className,
  ...rest
}: ComponentProps<typeof Popover.Content> & {
  label: string;
  /** Its width and padding. */
  className: string;
}) {
  return (
    <Popover.Portal>
      <Popover.Content
        sideOffset={6}
        collisionPadding={12}
        aria-label={label}
        className={classNames(
          'appear z-50 flex max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-1.5rem)] flex-col overflow-y-auto rounded-lg border border-line bg-surface text-sm shadow-float',
          className,
        )}
        {...rest}
      />
    </Popover.Portal>
  );
}
