import { Popover } from 'radix-ui';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { returnKeyboard } from '../lib/keyboard-places.ts';
import { TalkShares } from './talk-shares.tsx';

/** How many speakers a recording has, a fact of it; pressed, it shows how much each of them talks. */
export function TalkButton({
  count,
  shares,
  tabIndex,
  onOpen,
}: {
  count: number;
  /** Null until it is known. */
  shares: ComponentProps<typeof TalkShares> | null;
  tabIndex?: number;
  onOpen?: () => void;
}) {
  const { t } = useTranslation('speaking');
  return (
    <Popover.Root onOpenChange={(isOpen) => isOpen && onOpen?.()}>
      <Popover.Trigger asChild>
        <button
          type="button"
          tabIndex={tabIndex}
          className="min-h-6 shrink-0 rounded-sm underline decoration-line-strong underline-offset-2 hover:text-accent"
        >
          {t('speakersCount', { count })}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={12}
          onCloseAutoFocus={returnKeyboard}
          aria-label={t('shares')}
          aria-busy={shares === null}
          className="appear z-50 flex max-h-(--radix-popover-content-available-height) w-80 max-w-[calc(100vw-1.5rem)] flex-col overflow-y-auto rounded-lg border border-line bg-surface p-4 text-sm shadow-float"
        >
          <h2 className="mb-2.5 font-semibold">{t('shares')}</h2>
          {shares !== null && <TalkShares {...shares} />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
