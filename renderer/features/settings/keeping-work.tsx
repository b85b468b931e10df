import { useTranslation } from 'react-i18next';
import { VaultWork } from '../../components/vault-work.tsx';
import { request } from '../../lib/client.ts';
import { attempt } from '../../stores/toasts.ts';

/** A running backup or check; `before` is said until it has begun. */
export function KeepingWork({ label, before }: { label: string; before?: string }) {
  const { t } = useTranslation('keeping');
  return (
    <VaultWork
      label={label}
      before={before}
      count={({ done, total }) => t('progress', { done, count: total })}
      stop={t('stop')}
      onStop={() => attempt(() => request('vault.stopKeeping'))}
    />
  );
}
