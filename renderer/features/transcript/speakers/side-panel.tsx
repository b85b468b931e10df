import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';
import { IconButton } from '../../../components/button.tsx';
import { isKeyboardLost } from '../../../lib/keyboard-places.ts';

/**
 * A panel beside the text, over it where there is no room for both. It takes the focus as it opens, and again whenever what
 * has it goes. Escape closes it.
 */
export function SidePanel({
  title,
  closeLabel,
  footer,
  onClose,
  children,
}: {
  title: string;
  closeLabel: string;
  /** Stays visible below what scrolls. */
  footer?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const heading = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  useFocusKept(panel);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-labelledby={heading}
      data-closes-on-escape
      onKeyDown={(event) => {
        // What a menu of the panel shows is no part of it on the page.
        const isOwn = event.target instanceof Node && panel.current?.contains(event.target) === true;
        if (event.key !== 'Escape' || event.defaultPrevented || !isOwn) return;
        event.preventDefault();
        onClose();
      }}
      className="appear absolute inset-y-0 right-0 z-10 flex w-full max-w-100 flex-col border-l border-line bg-surface text-sm shadow-float outline-none @4xl/page:static @4xl/page:w-92 @4xl/page:shrink-0 @4xl/page:shadow-none"
    >
      <div className="flex items-center gap-2 py-1.5 pr-2 pl-4">
        <h2 id={heading} className="min-w-0 flex-1 text-base font-semibold [overflow-wrap:anywhere]">
          {title}
        </h2>
        <IconButton label={closeLabel} onClick={onClose}>
          <X aria-hidden size="1.125rem" />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
      {footer !== undefined && <div className="border-t border-line px-4 py-2.5">{footer}</div>}
    </section>
  );
}

/** Rows and questions of the panel go as they are answered: the focus stays in the panel if it was there. */
function useFocusKept(panel: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = panel.current;
    if (element === null) return;
    let isInside = false;
    const noteFocus = (event: FocusEvent) => {
      isInside = event.target instanceof Node && element.contains(event.target);
    };
    const press = () => {
      isInside = element.contains(document.activeElement);
    };
    const observer = new MutationObserver(() => {
      if (isInside && isKeyboardLost()) element.focus();
    });
    document.addEventListener('focusin', noteFocus);
    document.addEventListener('pointerup', press);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', noteFocus);
      document.removeEventListener('pointerup', press);
      observer.disconnect();
    };
  }, [panel]);
}
