import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView, DueRecording } from '../../../src/contract/retention.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { TickLine } from '../../components/tick-line.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { wholeDay } from '../../lib/format.ts';
import { useRetention } from '../../stores/retention.ts';
import { say } from '../../stores/toasts.ts';
import { CertificatesMade } from './certificates-made.tsx';
import { ClockQuestion } from './clock-question.tsx';

/** What the matters' retention erases now, if the user confirms it, and what it will erase soon. */
export function DueDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['retention', 'library', 'app']);
  const view = useRetention((store) => store.view);
  const [text, setText] = useState('');
  const [withNames, setWithNames] = useState(false);
  const [made, setMade] = useState<readonly CertificateView[] | null>(null);
  const { isBusy, error, submit, clearError } = useSubmission();
  if (made !== null) return <CertificatesMade certificates={made} onClose={onClose} />;
  if (view?.clockDoubt) {
    const closeIfNone = () => {
      if (useRetention.getState().view?.due.length === 0) onClose();
    };
    return (
      <ClockQuestion nowMs={view.nowMs} {...view.clockDoubt} onConfirmed={closeIfNone} onClose={onClose} />
    );
  }
  const nowMs = view?.nowMs ?? 0;
  const due = view?.due.filter(({ dueAtMs }) => dueAtMs <= nowMs) ?? [];
  const soon = view?.due.filter(({ dueAtMs }) => dueAtMs > nowMs) ?? [];
  const count = due.length;
  const isConfirmed = text.trim() === String(count);
  const erase = (event: FormEvent) => {
    event.preventDefault();
    if (!isConfirmed) return;
    return submit(async () => {
      const ids = due.map(({ recordingId }) => recordingId);
      setMade(await request('retention.eraseDue', { ids, count, withNames }));
      say(t('library:erased', { count }));
    });
  };
  const errorNotice = error && (
    <div role="alert">
      <ErrorNotice error={error} onClose={clearError} />
    </div>
  );
  if (count === 0) {
    return (
      <Dialog title={t('soonTitle')} description={t('soonText')} onClose={onClose} width="wide">
        <DueList label={t('soonTitle')} recordings={soon} nowMs={nowMs} />
        <DialogActions>
          <Button look="primary" onClick={onClose}>
            {t('app:close')}
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('dueTitle')} description={t('dueText')} onClose={onClose} width="wide">
      <form onSubmit={erase} className="flex flex-col gap-4">
        <DueList label={t('dueTitle')} recordings={due} nowMs={nowMs} />
        {soon.length > 0 && (
          <details className="text-sm">
            <summary className="cursor-pointer py-1 font-medium">
              {t('soonList')} <span className="text-ink-soft figures">({soon.length})</span>
            </summary>
            <DueList label={t('soonTitle')} recordings={soon} nowMs={nowMs} />
          </details>
        )}
        <p className="text-sm text-ink-soft">
          {t('soonText')} {t('dueAutomatic')}
        </p>
        <Field label={t('type', { number: count })}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="max-w-28 figures"
            />
          )}
        </Field>
        <TickLine label={t('withNames')} checked={withNames} onChange={setWithNames} />
        {errorNotice}
        <DialogActions>
          <Button onClick={onClose}>{t('later')}</Button>
          <Button type="submit" look="danger" disabled={!isConfirmed || isBusy}>
            {t('erase')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function DueList({
  label,
  recordings,
  nowMs,
}: {
  label: string;
  recordings: readonly DueRecording[];
  nowMs: number;
}) {
  const { t } = useTranslation('retention');
  const language = useLanguage();
  return (
    <ul
      aria-label={label}
      className="flex flex-col divide-y divide-line rounded-md border border-line text-sm"
    >
      {recordings.map(({ recordingId, name, matterName, importedAtMs, dueAtMs }) => (
        <li key={recordingId} className="flex flex-wrap gap-x-4 gap-y-0.5 px-3 py-2">
          <span className="min-w-0 flex-1 basis-48 [overflow-wrap:anywhere]">
            <span className="block font-medium">{name}</span>
            <span className="block text-ink-soft">{matterName}</span>
          </span>
          <span className="text-ink-soft">
            <span className="block">{t('imported', { day: wholeDay(importedAtMs, language) })}</span>
            <span className="block">
              {t(dueAtMs <= nowMs ? 'over' : 'until', { day: wholeDay(dueAtMs, language) })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
