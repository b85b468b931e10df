import { Gavel } from 'lucide-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_RETENTION_DAYS, RetentionDays, type RetentionView } from '../../../src/contract/retention.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { TickLine } from '../../components/tick-line.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { wholeDay } from '../../lib/format.ts';
import { say, tellError } from '../../stores/toasts.ts';

/** How long a matter keeps its recordings, and which go when, folded until wanted. Changes apply at once. */
export function MatterRetention({ matterId }: { matterId: string }) {
  const { t } = useTranslation('retention');
  const [view, setView] = useState<RetentionView | null>(null);
  useEffect(() => {
    request('retention.view', { matterId }).then(setView, (thrown: unknown) => tellError(thrown));
  }, [matterId]);
  if (view === null) return null;
  const { days, heldSinceMs } = view;
  const term = days === null ? t('noEnd') : t('forDays', { count: days });
  return (
    <details className="rounded-lg border border-line px-4 py-2">
      <summary className="cursor-pointer py-1 text-sm font-medium">
        {t('title')}{' '}
        <span className="text-ink-soft figures">({heldSinceMs === null ? term : t('held')})</span>
      </summary>
      <div className="flex flex-col gap-4 py-2">
        <p className="text-sm text-ink-soft">{t('text')}</p>
        <Term key={`${days} ${view.automatic}`} view={view} onStored={setView} />
        <Going view={view} />
        <Hold view={view} onStored={setView} />
      </div>
    </details>
  );
}

interface PartProps {
  readonly view: RetentionView;
  readonly onStored: (view: RetentionView) => void;
}

/** The days, and whether what is due goes without a question. */
function Term({ view, onStored }: PartProps) {
  const { t } = useTranslation('retention');
  const { matterId } = view;
  const [text, setText] = useState(view.days === null ? '' : String(view.days));
  const [automatic, setAutomatic] = useState(view.automatic);
  const { isBusy, error, submit, clearError } = useSubmission();
  const typed = text.trim();
  const days = typed === '' ? null : Number(typed);
  const isValid = days === null || RetentionDays.safeParse(days).success;
  const isChanged = days !== view.days || automatic !== view.automatic;
  const apply = () =>
    submit(async () => {
      onStored(await request('retention.set', { matterId, days, automatic }));
      say(t('applied'));
    });
  // Enter would submit the form of the matter around it.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (isValid && isChanged) void apply();
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <Field label={t('days')} hint={isValid ? t('daysHint') : t('invalid', { most: MOST_RETENTION_DAYS })}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              aria-invalid={!isValid}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={onKeyDown}
              className="max-w-28 figures"
            />
          )}
        </Field>
      </div>
      <TickLine label={t('automatic')} checked={automatic} onChange={setAutomatic} />
      <div>
        <Button disabled={!isValid || !isChanged || isBusy} onClick={() => void apply()}>
          {t('apply')}
        </Button>
      </div>
      {error !== null && (
        <div role="alert">
          <ErrorNotice error={error} onClose={clearError} />
        </div>
      )}
    </div>
  );
}

/** What will go, and when. */
function Going({ view: { due, dueCount } }: { view: RetentionView }) {
  const { t } = useTranslation('retention');
  const language = useLanguage();
  if (dueCount === 0) return null;
  const title = t('listTitle', { count: dueCount });
  const nowMs = Date.now();
  return (
    <div className="flex flex-col gap-1.5 text-sm">
      <p className="font-medium">{title}</p>
      <ul aria-label={title} className="flex flex-col divide-y divide-line rounded-md border border-line">
        {due.map(({ recordingId, name, dueAtMs }) => (
          <li key={recordingId} className="flex flex-wrap justify-between gap-x-4 px-3 py-1.5">
            <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
            <span className="text-ink-soft">
              {dueAtMs <= nowMs ? t('goesNow') : t('goes', { day: wholeDay(dueAtMs, language) })}
            </span>
          </li>
        ))}
      </ul>
      {dueCount > due.length && (
        <p className="text-ink-soft">{t('more', { count: dueCount - due.length })}</p>
      )}
    </div>
  );
}

/** A hold, which stops all erasing. */
function Hold({ view: { matterId, heldSinceMs }, onStored }: PartProps) {
  const { t } = useTranslation('retention');
  const language = useLanguage();
  const { isBusy, error, submit, clearError } = useSubmission();
  const isHeld = heldSinceMs !== null;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <p className="text-sm text-ink-soft" role="status">
        {isHeld ? t('heldSince', { day: wholeDay(heldSinceMs, language) }) : t('holdText')}
      </p>
      <div>
        <Button
          disabled={isBusy}
          onClick={() =>
            void submit(async () => onStored(await request('retention.hold', { matterId, held: !isHeld })))
          }
        >
          <Gavel aria-hidden size="1rem" />
          {isHeld ? t('release') : t('hold')}
        </Button>
      </div>
      {error !== null && (
        <div role="alert">
          <ErrorNotice error={error} onClose={clearError} />
        </div>
      )}
    </div>
  );
}
