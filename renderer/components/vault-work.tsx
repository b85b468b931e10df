import { type ReactNode, useEffect, useState } from 'react';
import type { KeepingProgress } from '../../src/contract/vault-check.ts';
import { Button } from './button.tsx';
import { DialogActions } from './dialog.tsx';
import { ProgressBar } from './progress-bar.tsx';

/** In a dialog: work on the whole vault or a matter, such as a backup, with its progress and a way to stop it. */
export function VaultWork({
  label,
  before = label,
  count,
  stop,
  onStop,
}: {
  label: string;
  /** Message before it begins. */
  before?: string | undefined;
  /** Says how much of it is done; nothing is said without. */
  count?: (progress: KeepingProgress) => ReactNode;
  stop: string;
  onStop: () => void;
}) {
  const [progress, setProgress] = useState<KeepingProgress | null>(null);
  useEffect(
    () =>
      window.voicesync.subscribe(({ event }) => {
        if (event.type === 'keepingProgress') setProgress(event.progress);
      }),
    [],
  );
  const isKnown = progress !== null && progress.total > 0;
  return (
    <>
      <p role="status">{progress === null ? before : label}</p>
      <ProgressBar
        className="mt-3 w-full"
        label={label}
        percent={isKnown ? (100 * progress.done) / progress.total : null}
      />
      {count !== undefined && (
        <p className="mt-2 min-h-5 text-sm text-ink-soft figures">{isKnown && count(progress)}</p>
      )}
      <DialogActions>
        <Button onClick={onStop}>{stop}</Button>
      </DialogActions>
    </>
  );
}
