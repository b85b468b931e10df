import { useTranslation } from 'react-i18next';
import { useApp } from '../../stores/app.ts';

/** What this program is, and its version. */
export function AboutSettings() {
  const { t } = useTranslation('settings');
  const version = useApp(({ state }) => state?.version ?? '');
  return (
    <>
      <p>{t('version', { version })}</p>
      <p className="text-ink-soft">{t('aboutText')}</p>
      <p className="text-ink-soft">{t('aboutOthers')}</p>
    </>
  );
}
