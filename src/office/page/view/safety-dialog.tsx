import { useState } from 'react';
import { Button } from '../../../../renderer/components/button.tsx';
import { Dialog, DialogActions } from '../../../../renderer/components/dialog.tsx';
import { wholeMoment } from '../../../../renderer/lib/format.ts';
import { forgetAll } from '../page-actions.ts';
import { usePage } from '../page-store.ts';
import { pageLanguage, usePageText } from '../page-texts.ts';
import { OfficeKeysFacts } from './office-keys-facts.tsx';

/** Whose keys there are, and how to forget this browser's. */
export function SafetyDialog({ onClose }: { onClose: () => void }) {
  const t = usePageText();
  const madeAtMs = usePage((page) => page.keys?.madeAtMs ?? 0);
  const [isForgetting, setForgetting] = useState(false);
  if (isForgetting) {
    return (
      <Dialog title={t('forgetTitle')} description={t('forgetText')} onClose={onClose}>
        <DialogActions>
          <Button onClick={onClose}>{t('keepAll')}</Button>
          <Button look="danger" onClick={() => void forgetAll()}>
            {t('forgetNow')}
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('safetyTitle')} onClose={onClose}>
      <div className="mt-2 flex flex-col gap-5">
        <OfficeKeysFacts heading="h3" />
        <section className="flex flex-col gap-1.5">
          <h3 className="text-sm font-semibold">
            {t('ownKey', { time: wholeMoment(madeAtMs, pageLanguage()) })}
          </h3>
          <p className="text-sm text-ink-soft">{t('ownKeyText')}</p>
          <p className="text-sm text-ink-soft">{t('beginLoss')}</p>
        </section>
        <div>
          <Button onClick={() => setForgetting(true)}>{t('forget')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
