import type { ComponentProps } from 'react';
import { classNames } from '../lib/class-names.ts';
import type { Shortcut } from '../lib/shortcuts.ts';
import { Tooltip } from './tooltip.tsx';

const LOOKS = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover border-transparent font-medium',
  secondary: 'bg-surface text-ink border-line hover:bg-hover',
  plain: 'bg-transparent text-ink border-transparent hover:bg-hover',
  danger: 'bg-danger text-danger-ink border-transparent font-medium hover:brightness-110',
} as const;

/** How a button looks: one `primary` at most in a place. */
export type ButtonLook = keyof typeof LOOKS;

type ButtonProps = ComponentProps<'button'> & { look?: ButtonLook; size?: 'medium' | 'small' };

/** A button with words. A disabled one stays reachable with the keyboard, so that people can find out why. */
export function Button({
  look = 'secondary',
  size = 'medium',
  className,
  disabled,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-disabled={disabled || undefined}
      onClick={disabled ? (event) => event.preventDefault() : onClick}
      className={classNames(
        'inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-md border transition-colors',
        size === 'medium' ? 'min-h-9 px-3.5 py-1.5 text-sm' : 'min-h-7 px-2.5 py-0.5 text-sm',
        LOOKS[look],
        disabled && 'opacity-60',
        className,
      )}
      {...rest}
    />
  );
}

type IconButtonProps = ButtonProps & { label: string; shortcut?: Shortcut };

/** A button with an icon alone; its name is also its tooltip. */
export function IconButton({ label, shortcut, look = 'plain', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <Button
        look={look}
        aria-label={label}
        className={classNames('size-8 min-h-8 p-0', className)}
        {...rest}
      />
    </Tooltip>
  );
}
