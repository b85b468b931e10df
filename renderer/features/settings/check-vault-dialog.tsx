import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VaultCheck, VaultFault } from '../../../src/contract/vault-check.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { DoneNotice } from '../../components/done-notice.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { KeepingWork } from '../../components/keeping-work.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { stopKeeping } from './stop-keeping.ts';

/** Reads everything in the vault, and reports what is not as stored. */
export function CheckVaultDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['keeping', 'app']);
  const [found, setFound] = useState<VaultCheck | null>(null);
  const [isStopped, setStopped] = useState(false);
  const { isBusy, error, submit, clearError } = useSubmission();
  const begin = () =>
    submit(async () => {
      const check = await request('vault.verify');
      setFound(check);
      setStopped(check === null);
    });
  return (
    <Dialog
      title={t('checkTitle')}
      {...(found === null && !isBusy ? { description: t('checkText') } : {})}
      onClose={() => !isBusy && onClose()}
    >
      {isBusy ? (
        <KeepingWork label={t('checking')} onStop={stopKeeping} />
      ) : found === null ? (
        <>
          <p role="status" className="empty:hidden">
            {isStopped && t('checkStopped')}
          </p>
          {error && (
            <div role="alert">
              <ErrorNotice error={error} remedies={{ retry: begin }} onClose={clearError} />
            </div>
          )}
          <DialogActions>
            <Button onClick={onClose}>{t('app:cancel')}</Button>
            <Button look="primary" onClick={begin}>
              {t('checkBegin')}
            </Button>
          </DialogActions>
        </>
      ) : (
        <>
          <Findings check={found} />
          <DialogActions>
            <Button look="primary" onClick={onClose}>
              {t('app:close')}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

function Findings({ check: { objects, faults } }: { check: VaultCheck }) {
  const { t } = useTranslation('keeping');
  const read = t('checkRead', { count: objects });
  if (faults.length === 0) {
    return (
      <DoneNotice title={t('checkSound')}>
        <p className="text-ink-soft">{read}</p>
      </DoneNotice>
    );
  }
  return (
    <div role="alert" className="flex gap-3">
      <TriangleAlert aria-hidden size="1.25rem" className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0">
        <p className="font-medium text-danger">{t('checkFaults')}</p>
        <ul className="mt-2 list-disc pl-5 select-text [overflow-wrap:anywhere]">
          {faults.map((fault) => (
            <FaultLines key={JSON.stringify(fault)} fault={fault} />
          ))}
        </ul>
        <p className="mt-3">{t('checkTodo')}</p>
        <p className="mt-2 text-sm text-ink-soft">{read}</p>
      </div>
    </div>
  );
}

function FaultLines({ fault }: { fault: VaultFault }) {
  const { t } = useTranslation('keeping');
  switch (fault.kind) {
    case 'sound': {
      const name = fault.name ?? t('unknownRecording');
      return (
        <>
          {fault.damaged > 0 && <li>{t('faultSoundDamaged', { name, count: fault.damaged })}</li>}
          {fault.missing > 0 && <li>{t('faultSoundMissing', { name, count: fault.missing })}</li>}
        </>
      );
    }
    case 'text':
      return <li>{t('faultText', { name: fault.name ?? t('unknownRecording'), count: fault.count })}</li>;
    case 'database':
      return <li>{t('faultDatabase', { count: fault.count })}</li>;
    case 'log':
      return <li>{t('faultLog', { count: fault.count })}</li>;
  }
}
