import { Tooltip as Radix } from 'radix-ui';
import { type PointerEvent, useState } from 'react';
import { flushSync } from 'react-dom';
import { classNames } from '../lib/class-names.ts';

/**
 * One line of text, cut by an ellipsis if it is too long; a tooltip then has the whole. The tooltip is created when
 * the pointer first enters a cut text: lists hold hundreds of these.
 */
export function Truncated({ text, className }: { text: string; className?: string }) {
  const [isCut, setCut] = useState(false);
  // At once: a later remount would replace the line under a pressed button, and lose the click.
  const measure = ({ currentTarget }: PointerEvent<HTMLElement>) =>
    flushSync(() => setCut(currentTarget.scrollWidth > currentTarget.clientWidth));
  const line = (
    <span onPointerEnter={measure} className={classNames('block min-w-0 truncate', className)}>
      {text}
    </span>
  );
  if (!isCut) return line;
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{line}</Radix.Trigger>
      <Radix.Portal>
        <div aria-hidden>
          <Radix.Content
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-w-112 rounded-md bg-ink px-2.5 py-1.5 text-sm text-ground shadow-float [overflow-wrap:anywhere]"
          >
            {text}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}
