import { Tooltip as Radix } from 'radix-ui';
import { useRef, useState } from 'react';
import { classNames } from '../lib/class-names.ts';

/** One line of text that ends in an ellipsis where it is too long; the whole then stands in a tooltip. */
export function Truncated({ text, className }: { text: string; className?: string }) {
  const element = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const openIfCut = (wanted: boolean) => {
    const cut = element.current !== null && element.current.scrollWidth > element.current.clientWidth;
    setOpen(wanted && cut);
  };
  return (
    <Radix.Root open={open} onOpenChange={openIfCut}>
      <Radix.Trigger asChild>
        <span ref={element} className={classNames('block min-w-0 truncate', className)}>
          {text}
        </span>
      </Radix.Trigger>
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
