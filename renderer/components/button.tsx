import type { ComponentProps } from 'react';
import type { ShortcutId } from '../../src/contract/shortcuts.ts';
import { classNames } from '../lib/class-names.ts';
import { Tooltip } from './tooltip.tsx';

const LOOKS = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover border-transparent font-medium',
  secondary: 'bg-surface text-ink border-line hover:bg-hover',
  plain: 'bg-transparent text-ink border-transparent hover:bg-hover',
  danger: 'bg-danger text-danger-ink border-transparent font-medium hover:brightness-110',
} as const;

/** A button's look: at most one `primary` per place. */
export type ButtonLook = keyof typeof LOOKS;

const SIZES = {
  medium: 'min-h-9 px-3.5 py-1.5 text-sm',
  small: 'min-h-7 px-2.5 py-0.5 text-sm',
  icon: 'size-8',
  smallIcon: 'size-7',
} as const;

type ButtonProps = ComponentProps<'button'> & { look?: ButtonLook; size?: keyof typeof SIZES };

/** A button with a label. A disabled one stays focusable, so that users can find out why. */
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
        'inline-flex max-w-full shrink-0 select-none items-center justify-center gap-2 rounded-md border wrap-break-word transition-colors',
        SIZES[size],
        LOOKS[look],
        disabled && 'opacity-60',
        className,
      )}
      {...rest}
    />
  );
}

type IconButtonProps = Omit<ButtonProps, 'size'> & {
  label: string;
  shortcut?: ShortcutId;
  size?: 'icon' | 'smallIcon';
};

/** An icon button; its name is also its tooltip. */
export function IconButton({ label, shortcut, look = 'plain', size = 'icon', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <Button look={look} size={size} aria-label={label} {...rest} />
    </Tooltip>
  );
}
