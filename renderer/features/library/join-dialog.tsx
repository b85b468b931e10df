import { ArrowDown, ArrowDownAZ, ArrowUp } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BIN_DAYS } from '../../../src/contract/bin.ts';
import type { RecordingView } from '../../../src/contract/views.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { clockLength } from '../../lib/format.ts';
import { joinedName, orderOfParts } from '../../lib/numbered-parts.ts';
import { useLibrary } from '../../stores/library.ts';
import { joinRecordings } from '../../stores/library-actions.ts';

/** Shows the order in which to join recordings, lets the user change it, and joins them. */
export function JoinDialog({
  recordingIds,
  onClose,
}: {
  recordingIds: readonly string[];
  onClose: () => void;
}) {
  const { t } = useTranslation(['library', 'app']);
  const [chosen] = useState(() => chosenRecordings(recordingIds));
  const [order, setOrder] = useState<readonly RecordingView[]>(() => orderOfParts(chosen));
  const [name, setName] = useState(() => joinedName(chosen));
  const { isBusy, error, submit, clearError } = useSubmission();
  const isNamed = name.trim() !== '';
  const join = (event: FormEvent) => {
    event.preventDefault();
    if (!isNamed) return;
    return submit(async () => {
      await joinRecordings(
        order.map(({ id }) => id),
        name.trim(),
      );
      onClose();
    });
  };
  return (
    <Dialog
      title={t('joinTitle', { count: order.length })}
      description={t('joinText', { days: BIN_DAYS })}
      onClose={onClose}
    >
      <form onSubmit={join} className="flex flex-col gap-4">
        <PartOrder order={order} onOrder={setOrder} />
        <Field label={t('joinedName')}>
          {(ids) => (
            <TextInput
              {...ids}
              maxLength={255}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {error && (
          <div role="alert">
            <ErrorNotice error={error} onClose={clearError} />
          </div>
        )}
        <DialogActions>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button type="submit" look="primary" disabled={!isNamed || isBusy}>
            {isBusy ? t('joining') : t('joinNow')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function PartOrder({
  order,
  onOrder,
}: {
  order: readonly RecordingView[];
  onOrder: (order: readonly RecordingView[]) => void;
}) {
  const { t } = useTranslation('library');
  const language = useLanguage();
  const [told, setTold] = useState('');
  const totalMs = order.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  const move = (from: number, to: number) => {
    const moved = order[from];
    if (moved === undefined || to < 0 || to >= order.length) return;
    onOrder(order.toSpliced(from, 1).toSpliced(to, 0, moved));
    setTold(t('partMoved', { name: moved.name, place: to + 1, count: order.length }));
  };
  const sortByName = () => {
    const collator = new Intl.Collator(language, { numeric: true });
    onOrder(order.toSorted((a, b) => collator.compare(a.name, b.name)));
  };
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center justify-between gap-2">
        <p id="part-order" className="text-sm font-medium">
          {t('joinOrder')}
        </p>
        <Button size="small" look="plain" onClick={sortByName}>
          <ArrowDownAZ aria-hidden size="0.9375rem" />
          {t('sortByName')}
        </Button>
      </div>
      <ol aria-labelledby="part-order" className="rounded-lg border border-line">
        {order.map((recording, index) => (
          <li
            key={recording.id}
            className="flex min-h-9 items-center gap-2 border-b border-line pr-1 pl-3 text-sm last:border-b-0"
          >
            <span className="w-5 shrink-0 text-ink-soft figures">{index + 1}</span>
            <Truncated text={recording.name} className="flex-1" />
            {recording.durationMs !== null && (
              <span className="text-ink-soft figures">{clockLength(recording.durationMs)}</span>
            )}
            <IconButton
              label={t('partUp', { name: recording.name })}
              size="smallIcon"
              disabled={index === 0}
              onClick={() => move(index, index - 1)}
            >
              <ArrowUp aria-hidden size="0.9375rem" />
            </IconButton>
            <IconButton
              label={t('partDown', { name: recording.name })}
              size="smallIcon"
              disabled={index === order.length - 1}
              onClick={() => move(index, index + 1)}
            >
              <ArrowDown aria-hidden size="0.9375rem" />
            </IconButton>
          </li>
        ))}
      </ol>
      <p className="text-sm text-ink-soft figures">{t('joinedLength', { length: clockLength(totalMs) })}</p>
      <p role="status" className="sr-only">
        {told}
      </p>
    </div>
  );
}

function chosenRecordings(ids: readonly string[]): RecordingView[] {
  const { recordings } = useLibrary.getState();
  return ids.map((id) => recordings.get(id)).filter((recording) => recording !== undefined);
}
