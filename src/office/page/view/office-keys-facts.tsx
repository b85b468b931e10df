import { fingerprintOfKeys } from '../../sealing/key-fingerprint.ts';
import { usePage } from '../page-store.ts';
import { usePageText } from '../page-texts.ts';

/** The fingerprint of the keys for which recordings are sealed, as this browser computes it, to be compared by people. */
export function OfficeKeysFacts({ heading: Heading }: { heading: 'h2' | 'h3' }) {
  const t = usePageText();
  const keys = usePage((page) => page.officeKeys);
  return (
    <section className="flex flex-col gap-1.5">
      <Heading className="text-sm font-semibold">{t('officeKeys')}</Heading>
      {keys === null ? (
        <p className="text-sm text-ink-soft">{t('officeKeysUnknown')}</p>
      ) : (
        <>
          <p className="font-mono text-[0.9375rem] [overflow-wrap:anywhere]">{fingerprintOfKeys(keys)}</p>
          <p className="text-sm text-ink-soft">
            {t(keys.vault === null ? 'workers' : 'workersAndVault', { count: keys.workers.length })}.{' '}
            {t('officeKeysText')}
          </p>
        </>
      )}
    </section>
  );
}
