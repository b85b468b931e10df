import { useTranslation } from 'react-i18next';
import { RuleList } from '../../components/rule-list.tsx';
import { useCorrectionRules } from '../../stores/correction-rules.ts';
import { say } from '../../stores/toasts.ts';

/** The vault's automatic corrections. */
export function CorrectionsSettings() {
  const { t } = useTranslation('corrections');
  const rules = useCorrectionRules(null);
  return (
    <>
      <p className="text-sm text-ink-soft">{t('text')}</p>
      <p className="text-sm text-ink-soft">{t('vaultFirst')}</p>
      {rules !== null && <RuleList matterId={null} rules={rules} onDone={say} />}
    </>
  );
}
