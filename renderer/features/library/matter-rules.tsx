import { useTranslation } from 'react-i18next';
import { RuleList } from '../../components/rule-list.tsx';
import { useCorrectionRules } from '../../stores/correction-rules.ts';
import { say } from '../../stores/toasts.ts';

/** A matter's automatic corrections, folded until they are wanted. Changes apply at once. */
export function MatterRules({ matterId }: { matterId: string }) {
  const { t } = useTranslation('corrections');
  const rules = useCorrectionRules(matterId);
  if (rules === null) return null;
  return (
    <details className="@container/page rounded-lg border border-line px-4 py-2">
      <summary className="cursor-pointer py-1 text-sm font-medium">
        {t('title')} <span className="text-ink-soft figures">({rules.length})</span>
      </summary>
      <div className="flex flex-col gap-3 py-2">
        <p className="text-sm text-ink-soft">{t('matterText')}</p>
        <RuleList matterId={matterId} rules={rules} onDone={say} />
      </div>
    </details>
  );
}
