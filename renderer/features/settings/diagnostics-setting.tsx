import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { showOverlay } from '../../stores/navigation.ts';

/** Access to the diagnostic report. */
export function DiagnosticsSetting() {
  const { t } = useTranslation('settings');
  return (
    <>
      <p className="text-sm text-ink-soft">{t('problemsHint')}</p>
      <Button className="self-start" onClick={() => showOverlay({ kind: 'report' })}>
        <FileText aria-hidden size="1rem" />
        {t('showReport')}
      </Button>
    </>
  );
}
