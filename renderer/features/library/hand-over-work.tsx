import { useTranslation } from 'react-i18next';
import { VaultWork } from '../../components/vault-work.tsx';
import { request } from '../../lib/client.ts';
import { attempt } from '../../stores/toasts.ts';

/** A matter on its way into a file or out of one. */
export function HandOverWork({ label }: { label: string }) {
  const { t } = useTranslation('handOver');
  return <VaultWork label={label} stop={t('stop')} onStop={() => attempt(() => request('handOver.stop'))} />;
}
