import { Check, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../components/button.tsx';
import { ErrorNotice } from '../components/error-notice.tsx';
import { dismissToast, type Notice, useToasts } from '../stores/toasts.ts';
import { useAnnouncement } from './announcements.ts';

/** Duration of a toast without an action, and of one that offers to take something back. */
const SHOWN_MS = 6000;
const WITH_UNDO_MS = 15_000;

/** Toasts in a corner, and screen reader messages. */
export function Notices() {
  const { t } = useTranslation('app');
  const notices = useToasts((store) => store.notices);
  const announcement = useAnnouncement();
  return (
    <>
      <section
        aria-label={t('notices')}
        data-passing
        className="pointer-events-none fixed right-4 bottom-[calc(anchor(--record-bars_top,0px)+1rem)] left-4 z-50 flex flex-col items-end gap-2"
      >
        <div role="status" className="contents">
          {notices.map((notice) => notice.kind === 'done' && <ToastCard key={notice.id} notice={notice} />)}
        </div>
        <div role="alert" className="contents">
          {notices.map((notice) => notice.kind === 'error' && <ToastCard key={notice.id} notice={notice} />)}
        </div>
      </section>
      <p role="status" className="sr-only">
        {/* The same words in the same element would not be read again. */}
        <span key={announcement.number}>{announcement.text}</span>
      </p>
    </>
  );
}

function ToastCard({ notice }: { notice: Notice }) {
  const { t } = useTranslation('app');
  const dismiss = () => dismissToast(notice.id);
  const takeBack = (undo: (() => void) | null) => {
    dismiss();
    undo?.();
  };
  useEffect(() => {
    if (notice.kind === 'error') return;
    const timer = setTimeout(() => dismissToast(notice.id), notice.undo === null ? SHOWN_MS : WITH_UNDO_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div className="appear pointer-events-auto flex max-w-md items-start gap-2 rounded-lg border border-line bg-surface py-3 pr-2 pl-4 shadow-float">
      {notice.kind === 'error' ? (
        <ErrorNotice
          error={notice.error}
          remedies={{ retry: notice.retry ?? undefined }}
          onClose={dismiss}
          className="min-w-0 text-sm"
        />
      ) : (
        <p className="flex min-w-0 items-start gap-2 text-sm [overflow-wrap:anywhere]">
          {notice.isWarning ? (
            <TriangleAlert aria-hidden size="1.125rem" className="mt-px shrink-0 text-warning" />
          ) : (
            <Check aria-hidden size="1.125rem" className="mt-px shrink-0 text-accent" />
          )}
          {notice.text}
        </p>
      )}
      {notice.kind === 'done' && notice.undo !== null && (
        <Button
          size="small"
          className="-my-1"
          aria-label={`${t('undo')}: ${notice.text}`}
          onClick={() => takeBack(notice.undo)}
        >
          {t('undo')}
        </Button>
      )}
      <IconButton label={t('dismissToast')} className="-my-1.5" onClick={dismiss}>
        <X aria-hidden size="1rem" />
      </IconButton>
    </div>
  );
}
