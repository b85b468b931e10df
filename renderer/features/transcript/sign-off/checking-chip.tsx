import { Ear, TriangleAlert, UserRoundCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { attempt } from '../../../stores/toasts.ts';
import type { Checking } from './checking.ts';

/** Whether the text was checked, or how much was listened to; opens the dialog about it. */
export function CheckingChip({ checking }: { checking: Checking }) {
  const { t } = useTranslation('checking');
  const signOff = useStore(checking.store, (s) => s.signOff);
  const percent = useStore(checking.store, (s) => s.percent);
  const isLoaded = useStore(checking.store, (s) => s.isLoaded);
  if (!isLoaded) return null;
  const isChanged = signOff !== null && signOff.changeCount > 0;
  const text =
    signOff === null
      ? t('heard', { percent })
      : isChanged
        ? t('changedSince', { count: signOff.changeCount })
        : t('checkedBy', { name: signOff.by, percent: signOff.percent });
  const Icon = signOff === null ? Ear : isChanged ? TriangleAlert : UserRoundCheck;
  return (
    <button
      type="button"
      data-checked={signOff === null ? 'no' : isChanged ? 'changed' : 'yes'}
      onClick={() => attempt(() => checking.open())}
      className={`inline-flex min-w-0 items-center gap-1 rounded-sm hover:underline ${isChanged ? 'font-medium text-warning' : ''}`}
    >
      <Icon aria-hidden size="0.875rem" className="shrink-0" />
      <span className="min-w-0 text-left [overflow-wrap:anywhere]">{text}</span>
    </button>
  );
}
