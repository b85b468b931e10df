import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../src/messages/quantities.ts';
import { VaultWork } from './vault-work.tsx';
import { useLanguage } from './window-facts.ts';

/** A running backup, check, move or restoring; `before` is said until it has begun. */
export function KeepingWork({
  label,
  before = label,
  unit = 'files',
  onStop,
}: {
  label: string;
  before?: string;
  /** What the progress counts. */
  unit?: 'files' | 'bytes';
  onStop: () => void;
}) {
  const { t } = useTranslation('keeping');
  const language = useLanguage();
  return (
    <VaultWork
      label={label}
      before={before}
      count={({ done, total }) =>
        unit === 'files'
          ? t('progress', { done, count: total })
          : t('progressBytes', { done: formatBytes(done, language), total: formatBytes(total, language) })
      }
      stop={t('stop')}
      onStop={onStop}
    />
  );
}
