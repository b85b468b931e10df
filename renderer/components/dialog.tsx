import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../lib/class-names.ts';
import { returnKeyboard } from '../lib/keyboard-places.ts';
import { IconButton } from './button.tsx';

const WIDTHS = { narrow: 'max-w-md', wide: 'max-w-2xl', broad: 'max-w-5xl' } as const;

/**
 * A dialog over the screen, with title, description and a way out. Escape closes it. `actions` stay visible
 * below what scrolls.
 */
export function Dialog({
  title,
  description,
  onClose,
  width = 'narrow',
  actions,
  children,
}: {
  title: string;
  description?: string;
  onClose: () => void;
  width?: keyof typeof WIDTHS;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation('app');
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 bg-[#00000059]" />
        <Radix.Content
          aria-modal
          onOpenAutoFocus={startInContent}
          onCloseAutoFocus={returnKeyboard}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={classNames(
            'appear fixed inset-x-4 top-[8vh] z-40 mx-auto flex max-h-[84vh] flex-col rounded-xl border border-line bg-surface shadow-float',
            WIDTHS[width],
          )}
        >
          <Radix.Title className="pt-5 pr-16 pb-1 pl-6 text-lg font-semibold [overflow-wrap:anywhere]">
            {title}
          </Radix.Title>
          <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-1 pb-6">
            {description !== undefined && (
              <Radix.Description className="mb-4 text-ink-soft">{description}</Radix.Description>
            )}
            {children}
          </div>
          {actions !== undefined && <div className="border-t border-line px-6 py-4">{actions}</div>}
          {/* Last, so that the focus starts in the dialog's content. */}
          <Radix.Close asChild>
            <IconButton label={t('close')} className="absolute top-4 right-4">
              <X aria-hidden size="1.125rem" />
            </IconButton>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/**
 * Where nothing in the dialog can have the focus yet, it starts on the dialog itself: on the button that closes, it would
 * show the button's tooltip, and the first Escape would close only that.
 */
function startInContent(event: Event): void {
  const dialog = event.currentTarget as HTMLElement;
  if (dialog.querySelectorAll('button, input, select, textarea, a[href], [tabindex="0"]').length > 1) return;
  event.preventDefault();
  dialog.focus();
}

/** The row of buttons that ends a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap justify-end gap-2">{children}</div>;
}
