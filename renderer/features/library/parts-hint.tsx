import { ListOrdered, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingView } from '../../../src/contract/views.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { findNumberedParts, type NumberedParts } from '../../lib/numbered-parts.ts';
import { useArrivals } from '../../stores/arrivals.ts';

/** Says that new recordings look like the parts of one, and selects them in their order. */
export function PartsHint({
  recordings,
  onSelect,
}: {
  recordings: readonly RecordingView[];
  onSelect: (ids: readonly string[]) => void;
}) {
  const { t } = useTranslation(['library', 'app']);
  const fresh = useArrivals((store) => store.fresh);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const found = useMemo(
    () => findNumberedParts(recordings.filter(({ id }) => fresh.has(id))),
    [recordings, fresh],
  );
  const keyOf = ({ ids }: NumberedParts) => ids.join();
  return found
    .filter((parts) => !dismissed.has(keyOf(parts)))
    .map((parts) => (
      <div
        key={keyOf(parts)}
        role="status"
        className="mx-4 mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-surface py-1.5 pr-2 pl-3 text-sm"
      >
        <ListOrdered aria-hidden size="1.0625rem" className="shrink-0 text-accent" />
        <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          {t('parts', { count: parts.ids.length, name: parts.stem })}
        </p>
        <Button size="small" onClick={() => onSelect(parts.ids)}>
          {t('selectParts')}
        </Button>
        <IconButton
          label={t('app:dismissNotice')}
          size="smallIcon"
          onClick={() => setDismissed(new Set(dismissed).add(keyOf(parts)))}
        >
          <X aria-hidden size="0.9375rem" />
        </IconButton>
      </div>
    ));
}
