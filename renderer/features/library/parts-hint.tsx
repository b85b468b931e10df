import { ListOrdered, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingView } from '../../../src/contract/views.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { findNumberedParts, type NumberedParts } from '../../lib/numbered-parts.ts';
import { declineJoining, useArrivals } from '../../stores/arrivals.ts';
import { useArriving } from '../../stores/arriving.ts';
import { joinRecordings } from '../../stores/library-actions.ts';
import { attempt } from '../../stores/toasts.ts';

/**
 * Reports that new recordings look like the parts of one, in which order, and joins them on request. Only after the
 * whole drop is imported: joined too early, some parts would be left out.
 */
export function PartsHint({ recordings }: { recordings: readonly RecordingView[] }) {
  const { fresh, declined } = useArrivals();
  const isComplete = useArriving((store) => store.underWay === 0);
  const found = useMemo(
    () => findNumberedParts(recordings.filter(({ id }) => fresh.has(id))),
    [recordings, fresh],
  );
  const keyOf = ({ ids }: NumberedParts) => ids.join();
  if (!isComplete) return null;
  return found
    .filter((parts) => !declined.has(keyOf(parts)))
    .map((parts) => (
      <Hint
        key={keyOf(parts)}
        parts={parts}
        names={parts.ids.map((id) => recordings.find((recording) => recording.id === id)?.name ?? '')}
        onDismiss={() => declineJoining(keyOf(parts))}
      />
    ));
}

function Hint({
  parts,
  names,
  onDismiss,
}: {
  parts: NumberedParts;
  names: readonly string[];
  onDismiss: () => void;
}) {
  const { t } = useTranslation(['library', 'app']);
  const [isBusy, setBusy] = useState(false);
  const join = () =>
    attempt(async () => {
      setBusy(true);
      try {
        await joinRecordings(parts.ids, parts.name);
      } finally {
        setBusy(false);
      }
    });
  return (
    <div
      role="status"
      data-passing
      className="mx-4 mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-surface py-1.5 pr-2 pl-3 text-sm"
    >
      <ListOrdered aria-hidden size="1.0625rem" className="shrink-0 text-accent" />
      <div className="min-w-48 flex-1">
        <p className="[overflow-wrap:anywhere]">
          {t('parts', { count: parts.ids.length, name: parts.name })}
        </p>
        <Truncated text={t('joinPartsOrder', { files: names.join(', ') })} className="text-ink-soft" />
      </div>
      <Button size="small" disabled={isBusy} onClick={join}>
        {isBusy ? t('joining') : t('joinParts')}
      </Button>
      <IconButton label={t('app:dismissToast')} size="smallIcon" onClick={onDismiss}>
        <X aria-hidden size="0.9375rem" />
      </IconButton>
    </div>
  );
}
