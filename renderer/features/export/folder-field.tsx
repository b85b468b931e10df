import { FolderOpen, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';

/** The target folder. */
export function FolderField({ folder, onChoose }: { folder: string; onChoose: () => void }) {
  const { t } = useTranslation('exporting');
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-sm font-medium">{t('folder')}</p>
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-44 rounded-md bg-sunken px-3 py-2 text-sm [overflow-wrap:anywhere]">
          {folder}
        </p>
        <Button onClick={onChoose}>
          <FolderOpen aria-hidden size="1rem" />
          {t('chooseFolder')}
        </Button>
      </div>
    </div>
  );
}

/** Names the service that would sync the files. It is beside the button that writes them. */
export function SyncedWarning({ service }: { service: string }) {
  const { t } = useTranslation('exporting');
  return (
    <p
      role="alert"
      className="flex flex-1 basis-72 gap-2 rounded-md bg-warning-wash px-3 py-2 text-sm text-warning"
    >
      <TriangleAlert aria-hidden size="1rem" className="mt-0.5 shrink-0" />
      <span>{t('synced', { service })}</span>
    </p>
  );
}
