import { CalendarX2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { wholeDay } from '../../lib/format.ts';
import { type Scope, showOverlay } from '../../stores/navigation.ts';
import { useFreshRetention } from '../../stores/retention.ts';

/** Tells in the library that recordings of the shown matter, or of any, are due or will soon be. */
export function RetentionNotice({ scope }: { scope: Scope }) {
  const { t } = useTranslation('retention');
  const language = useLanguage();
  const view = useFreshRetention();
  if (view === null || scope.kind === 'unfiled') return null;
  const due = view.due.filter(({ matterId }) => scope.kind !== 'matter' || matterId === scope.id);
  const [first] = due;
  if (first === undefined) return null;
  const now = due.filter(({ dueAtMs }) => dueAtMs <= view.nowMs).length;
  return (
    <div
      role="status"
      data-passing
      className="mx-4 mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-surface py-1.5 pr-2 pl-3 text-sm"
    >
      <CalendarX2 aria-hidden size="1.0625rem" className="shrink-0 text-warning" />
      <p className="min-w-48 flex-1">
        {now > 0
          ? t('noticeNow', { count: now })
          : t('noticeSoon', { count: due.length, day: wholeDay(first.dueAtMs, language) })}
      </p>
      <Button size="small" onClick={() => showOverlay({ kind: 'due' })}>
        {t('show')}
      </Button>
    </div>
  );
}
