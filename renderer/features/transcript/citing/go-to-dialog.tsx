import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { CITED_LINE } from '../../../../src/contract/citation.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Field, TextInput } from '../../../components/field.tsx';
import { useSubmission } from '../../../components/use-submission.ts';
import type { Citing } from './citing.ts';

/** Asks for page and line, and shows what stands there. */
export function GoToDialog({ citing }: { citing: Citing }) {
  const isAsking = useStore(citing.store, (s) => s.isAsking);
  return isAsking ? <OpenGoToDialog citing={citing} /> : null;
}

function OpenGoToDialog({ citing }: { citing: Citing }) {
  const { t } = useTranslation(['citing', 'app']);
  const [typed, setTyped] = useState('');
  const [isFaulty, setFaulty] = useState(false);
  const { error, isBusy, submit, clearError } = useSubmission();
  const go = (event: FormEvent) => {
    event.preventDefault();
    const [, page, line] = CITED_LINE.exec(typed) ?? [];
    setFaulty(page === undefined);
    if (page === undefined) return;
    void submit(async () => {
      const show = await citing.find(Number(page), Number(line));
      citing.close();
      // The dialog gives the keyboard back to where it was first.
      requestAnimationFrame(show);
    });
  };
  return (
    <Dialog title={t('title')} description={t('about')} onClose={() => citing.close()}>
      <form onSubmit={go} className="flex flex-col gap-4">
        <Field label={t('place')} hint={isFaulty ? t('notAPlace') : t('placeHint')}>
          {(ids) => (
            <TextInput
              {...ids}
              aria-invalid={isFaulty}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              className="max-w-32"
            />
          )}
        </Field>
        {error !== null && (
          <div role="alert">
            <ErrorNotice error={error} onClose={clearError} />
          </div>
        )}
        <DialogActions>
          <Button onClick={() => citing.close()}>{t('app:cancel')}</Button>
          <Button type="submit" look="primary" disabled={isBusy || typed.trim() === ''}>
            {t('go')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
