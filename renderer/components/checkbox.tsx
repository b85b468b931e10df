import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix, Switch as RadixSwitch } from 'radix-ui';
import type { ComponentProps } from 'react';

/** A checkbox; `indeterminate` if only some of its items are on. */
export function Checkbox(props: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className="flex size-[1.125rem] shrink-0 items-center justify-center rounded border border-line-strong bg-surface text-accent-ink data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent"
      {...props}
    >
      <Radix.Indicator>
        {props.checked === 'indeterminate' ? (
          <Minus aria-hidden size="0.8125rem" strokeWidth={3} />
        ) : (
          <Check aria-hidden size="0.8125rem" strokeWidth={3} />
        )}
      </Radix.Indicator>
    </Radix.Root>
  );
}

/** On or off, at once. */
export function Switch(props: ComponentProps<typeof RadixSwitch.Root>) {
  return (
    <RadixSwitch.Root
      className="relative h-6 w-10 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      {...props}
    >
      <RadixSwitch.Thumb className="block size-4 translate-x-1 rounded-full bg-ink-soft transition-transform data-[state=checked]:translate-x-[1.15rem] data-[state=checked]:bg-accent-ink" />
    </RadixSwitch.Root>
  );
}
