import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { classNames } from '../../lib/class-names.ts';

/** Fields under a line that says what they are set to, shown on request; what `note` says stands below in any case. */
export function DisclosedFields({
  legend,
  summary,
  isOpen,
  onToggle,
  className,
  note,
  children,
}: {
  legend: string;
  summary: string;
  isOpen: boolean;
  onToggle: () => void;
  /** Layout of the fields while they are shown. */
  className: string;
  note?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <fieldset>
      <legend className="sr-only">{legend}</legend>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={`${id}fields`}
        onClick={onToggle}
        className="-ml-1 inline-flex min-h-7 items-center gap-1 rounded-md px-1 text-left text-sm text-ink-soft hover:text-ink"
      >
        <ChevronRight
          aria-hidden
          size="1rem"
          className={classNames('shrink-0 transition-transform', isOpen && 'rotate-90')}
        />
        <span>
          {legend}: {summary}
        </span>
      </button>
      <div id={`${id}fields`} hidden={!isOpen} className={isOpen ? className : undefined}>
        {children}
      </div>
      {note}
    </fieldset>
  );
}
