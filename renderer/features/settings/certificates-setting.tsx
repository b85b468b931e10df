import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/contract/retention.ts';
import { CertificateList } from '../../components/certificate-list.tsx';
import { request } from '../../lib/client.ts';
import { say, tellError } from '../../stores/toasts.ts';

/** The certificates of erasing that the vault keeps. */
export function CertificatesSetting() {
  const { t } = useTranslation('retention');
  const [certificates, setCertificates] = useState<readonly CertificateView[] | null>(null);
  useEffect(() => {
    request('retention.certificates').then(setCertificates, (thrown: unknown) => tellError(thrown));
  }, []);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink-soft">{t('certificatesText')}</p>
      {certificates?.length === 0 && <p className="text-sm">{t('noCertificates')}</p>}
      {certificates !== null && certificates.length > 0 && (
        <CertificateList certificates={certificates} onSaved={say} />
      )}
    </div>
  );
}
