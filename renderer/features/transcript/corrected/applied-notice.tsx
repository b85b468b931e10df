import { SpellCheck, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../../components/button.tsx';
import { attempt } from '../../../stores/toasts.ts';
import type { AppliedCorrections } from './applied-corrections.ts';

/** Tells above a text how many places the user's rules have corrected; until it is closed. */
export function AppliedNotice({ applied }: { applied: AppliedCorrections }) {
  const { t } = useTranslation(['corrections', 'app']);
  const count = useStore(applied.store, (s) => s.corrections.filter(({ stands }) => stands).length);
  const isDismissed = useStore(applied.store, (s) => s.isDismissed);
  if (count === 0 || isDismissed) return null;
  return (
    <div
      data-passing
      className="appear flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-1.5 text-sm"
    >
      <SpellCheck aria-hidden size="1rem" className="shrink-0 text-accent" />
      <p role="status" className="min-w-48 flex-1">
        {t('applied', { count })}
      </p>
      <Button size="small" onClick={() => attempt(() => applied.open())}>
        {t('show')}
      </Button>
      <IconButton label={t('app:dismissToast')} size="smallIcon" onClick={() => applied.dismiss()}>
        <X aria-hidden size="0.9375rem" />
      </IconButton>
    </div>
  );
}
