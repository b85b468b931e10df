import { ChevronDown } from 'lucide-react';
import { MenuButton, type MenuItems } from '../../components/menu.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { classNames } from '../../lib/class-names.ts';

/** A small choice on a row: the chosen value, and a menu of the others. */
export function Chip({
  label,
  text,
  items,
  isWarning = false,
  tabIndex,
}: {
  /** What is chosen here, for the menu's name. */
  label: string;
  text: string;
  items: MenuItems;
  isWarning?: boolean;
  tabIndex: number;
}) {
  return (
    <MenuButton
      label={label}
      align="start"
      items={items}
      trigger={
        <button
          type="button"
          tabIndex={tabIndex}
          aria-label={text.startsWith(label) ? text : `${label}: ${text}`}
          className={classNames(
            'inline-flex min-h-6 max-w-full min-w-0 items-center gap-1 rounded-full border px-2 text-xs',
            isWarning
              ? 'border-warning bg-warning-wash font-medium text-warning'
              : 'border-line bg-surface text-ink-soft hover:bg-hover hover:text-ink',
          )}
        >
          <Truncated text={text} />
          <ChevronDown aria-hidden size="0.75rem" className="shrink-0" />
        </button>
      }
    />
  );
}
