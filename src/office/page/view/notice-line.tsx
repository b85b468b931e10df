import { Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../../../renderer/components/button.tsx';
import { usePageText } from '../page-texts.ts';

const TONES = {
  plain: 'bg-accent-wash text-ink',
  warning: 'bg-warning-wash text-warning',
  danger: 'bg-danger-wash text-danger',
} as const;

/** A sentence that stands out, with a way to close it where it would stay. */
export function NoticeLine({
  tone = 'plain',
  icon = <Info aria-hidden size="1.125rem" />,
  onClose,
  children,
}: {
  tone?: keyof typeof TONES;
  icon?: ReactNode;
  onClose?: () => void;
  children: ReactNode;
}) {
  const t = usePageText();
  return (
    <div className={`flex items-start gap-2.5 rounded-lg px-3.5 py-2.5 text-sm ${TONES[tone]}`}>
      <span className="mt-px shrink-0">{icon}</span>
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</p>
      {onClose !== undefined && (
        <IconButton size="smallIcon" label={t('dismiss')} onClick={onClose} className="-my-1">
          <X aria-hidden size="1rem" />
        </IconButton>
      )}
    </div>
  );
}
