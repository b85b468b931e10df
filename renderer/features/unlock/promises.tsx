import { FileCheck2, LockKeyhole, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** The app's promises, in three lines. */
export function Promises() {
  const { t } = useTranslation(['unlock', 'app']);
  const lines = [
    { icon: WifiOff, text: t('promiseOffline') },
    { icon: LockKeyhole, text: t('promiseSealed') },
    { icon: FileCheck2, text: t('promiseSource') },
  ];
  return (
    <>
      <p className="mb-3 text-sm font-medium text-accent">{t('app:appName')}</p>
      <h1 className="text-3xl leading-tight font-semibold">{t('welcome')}</h1>
      <ul className="mt-6 flex flex-col gap-4">
        {lines.map(({ icon: Icon, text }) => (
          <li key={text} className="flex gap-3 text-ink-soft">
            <Icon aria-hidden size="1.25rem" className="mt-0.5 shrink-0 text-accent" />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
