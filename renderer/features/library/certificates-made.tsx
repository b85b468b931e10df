import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/contract/retention.ts';
import { Button } from '../../components/button.tsx';
import { CertificateList } from '../../components/certificate-list.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { say } from '../../stores/toasts.ts';

/** After erasing: the certificates, which can be saved at once. */
export function CertificatesMade({
  certificates,
  onClose,
}: {
  certificates: readonly CertificateView[];
  onClose: () => void;
}) {
  const { t } = useTranslation(['retention', 'app']);
  return (
    <Dialog title={t('erasedTitle')} description={t('certificatesText')} onClose={onClose}>
      <CertificateList certificates={certificates} onSaved={say} />
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          {t('app:close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
