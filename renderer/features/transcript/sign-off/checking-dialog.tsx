import { ArrowRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { totalMs } from '../../../../src/contract/audio.ts';
import type { CheckedChange, SignOffView } from '../../../../src/contract/sign-off.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Field, TextInput } from '../../../components/field.tsx';
import { useSubmission } from '../../../components/use-submission.ts';
import { useLanguage } from '../../../components/window-facts.ts';
import { clockLength, fullDate } from '../../../lib/format.ts';
import { say } from '../../../stores/toasts.ts';
import { clock } from '../document/clock.ts';
import type { Checking } from './checking.ts';

/** Marks a text as checked, with how much was listened to; or tells who did, and what has changed since. */
export function CheckingDialog({
  checking,
  onVisit,
  onNextUnheard,
}: {
  checking: Checking;
  /** Shows a passage of the text. */
  onVisit: (segmentId: string) => void;
  onNextUnheard: () => void;
}) {
  const { t } = useTranslation('checking');
  const isOpen = useStore(checking.store, (s) => s.isOpen);
  const signOff = useStore(checking.store, (s) => s.signOff);
  if (!isOpen) return null;
  const close = () => checking.close();
  const leaveFor = (act: () => void) => () => {
    close();
    // The dialog gives the keyboard back to where it was first.
    requestAnimationFrame(() => act());
  };
  return (
    <Dialog
      title={signOff === null ? t('title') : t('titleChecked')}
      {...(signOff === null ? { description: t('about') } : {})}
      onClose={close}
      width="wide"
    >
      {signOff !== null && (
        <Checked signOff={signOff} checking={checking} onVisit={(id) => leaveFor(() => onVisit(id))()} />
      )}
      <CheckForm checking={checking} isAgain={signOff !== null} onNextUnheard={leaveFor(onNextUnheard)} />
    </Dialog>
  );
}

function Checked({
  signOff,
  checking,
  onVisit,
}: {
  signOff: SignOffView;
  checking: Checking;
  onVisit: (segmentId: string) => void;
}) {
  const { t } = useTranslation('checking');
  const language = useLanguage();
  const { submit, error, clearError, isBusy } = useSubmission();
  const { by, atMs, percent, changeCount, changes } = signOff;
  const takeBack = () =>
    submit(async () => {
      await checking.takeBack();
      say(t('takenBack'));
    });
  return (
    <section aria-label={t('mark')} className="mb-5 rounded-lg border border-line px-4 py-3 text-sm">
      <p className="font-medium [overflow-wrap:anywhere]">
        {t('checkedOn', { name: by, date: fullDate(atMs, language) })}
      </p>
      <p className="text-ink-soft">{t('listenedThen', { percent })}</p>
      <p role="status" className={changeCount > 0 ? 'mt-2 font-medium text-warning' : 'mt-2 text-ink-soft'}>
        {changeCount > 0 ? t('changedSince', { count: changeCount }) : t('unchanged')}
      </p>
      {changes.length > 0 && (
        <ol aria-label={t('changes')} className="-mx-2 mt-2 flex max-h-64 flex-col overflow-y-auto">
          {changes.map((change, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two changes can be in one segment, and none moves
            <li key={place}>
              <Change change={change} onVisit={() => onVisit(change.segmentId)} />
            </li>
          ))}
        </ol>
      )}
      {changeCount > changes.length && (
        <p className="mt-1 text-ink-soft">{t('moreChanges', { count: changeCount - changes.length })}</p>
      )}
      {error !== null && <ErrorNotice error={error} onClose={clearError} />}
      <div className="mt-3 flex justify-end">
        <Button size="small" disabled={isBusy} onClick={takeBack}>
          {t('takeBack')}
        </Button>
      </div>
    </section>
  );
}

function Change({ change, onVisit }: { change: CheckedChange; onVisit: () => void }) {
  const { t } = useTranslation('checking');
  const { startMs, what, before, now } = change;
  const nothing = what === 'speaker' ? t('nobody') : t('nothing');
  return (
    <button
      type="button"
      onClick={onVisit}
      className="flex w-full items-baseline gap-3 rounded-md px-2 py-1.5 text-left hover:bg-hover"
    >
      <span className="figures shrink-0 text-ink-soft">{clock(startMs)}</span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {what === 'speaker' && <span className="text-ink-soft">{t('speaker')} </span>}
        <span className="sr-only">{t('was')} </span>
        {before === '' ? (
          <span className="text-ink-soft">{nothing}</span>
        ) : (
          <del className="text-ink-soft">{before}</del>
        )}
        <span aria-hidden className="text-ink-soft">
          {' → '}
        </span>
        <span className="sr-only"> {t('isNow')} </span>
        {now === '' ? (
          <span className="text-ink-soft">{nothing}</span>
        ) : (
          <ins className="font-medium no-underline">{now}</ins>
        )}
      </span>
    </button>
  );
}

function CheckForm({
  checking,
  isAgain,
  onNextUnheard,
}: {
  checking: Checking;
  isAgain: boolean;
  onNextUnheard: () => void;
}) {
  const { t } = useTranslation('checking');
  const { usualName, percent, unheard } = useStore(checking.store);
  const [name, setName] = useState(usualName);
  const { isBusy, error, submit, clearError } = useSubmission();
  const trimmed = name.trim();
  const check = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed === '') return;
    return submit(async () => {
      await checking.check(trimmed);
      checking.close();
      say(t('done', { name: trimmed }));
    });
  };
  return (
    <form onSubmit={check} className="flex flex-col gap-4 text-sm">
      {isAgain && <h3 className="text-base font-semibold">{t('again')}</h3>}
      <Field label={t('name')} hint={t('nameHint')}>
        {(ids) => (
          <TextInput
            {...ids}
            maxLength={200}
            autoFocus={!isAgain}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <div className="rounded-lg border border-line px-4 py-3">
        <p className="font-medium">{t('heardSoFar', { percent })}</p>
        <p className="text-ink-soft">
          {unheard.length === 0
            ? t('heardAll')
            : t('unheard', { count: unheard.length, length: clockLength(totalMs(unheard)) })}
        </p>
        {unheard.length > 0 && (
          <Button size="small" className="mt-2" onClick={onNextUnheard}>
            <ArrowRight aria-hidden size="0.875rem" />
            {t('nextUnheard')}
          </Button>
        )}
      </div>
      {error !== null && (
        <div role="alert">
          <ErrorNotice error={error} onClose={clearError} />
        </div>
      )}
      <DialogActions>
        <Button onClick={() => checking.close()}>{t('cancel')}</Button>
        <Button type="submit" look="primary" disabled={trimmed === '' || isBusy}>
          {t('check')}
        </Button>
      </DialogActions>
    </form>
  );
}
