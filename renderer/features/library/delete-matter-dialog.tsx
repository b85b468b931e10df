import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BIN_DAYS } from '../../../src/contract/bin.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { useLibrary } from '../../stores/library.ts';
import { useMatters } from '../../stores/matters.ts';
import { showScope, useNavigation } from '../../stores/navigation.ts';
import { say } from '../../stores/toasts.ts';
import { useKnownVoices } from '../../stores/voices.ts';

type WithRecordings = 'keep' | 'bin';

/** Asks what to do with a matter's recordings, then deletes the matter. */
export function DeleteMatterDialog({ matterId, onClose }: { matterId: string; onClose: () => void }) {
  const { t } = useTranslation(['library', 'app', 'voices']);
  const name = useMatters(({ matters }) => matters.find(({ id }) => id === matterId)?.name ?? '');
  const recordings = useLibrary((store) => store.recordings);
  const count = useMemo(
    () =>
      [...recordings.values()].filter((one) => one.matterId === matterId && one.binnedAtMs === null).length,
    [recordings, matterId],
  );
  const voices = useKnownVoices(matterId)?.length ?? 0;
  const [withRecordings, setWithRecordings] = useState<WithRecordings>('keep');
  const { isBusy, error, submit, clearError } = useSubmission();
  const choices = [
    ['keep', t('deleteMatterKeep', { count })],
    ['bin', t('deleteMatterBin', { count, days: BIN_DAYS })],
  ] as const;
  const deleteMatter = (event: FormEvent) => {
    event.preventDefault();
    return submit(async () => {
      await request('matters.delete', { id: matterId, recordings: withRecordings });
      const { route } = useNavigation.getState();
      const isShown =
        route.screen === 'library' && route.scope.kind === 'matter' && route.scope.id === matterId;
      if (isShown) showScope({ kind: 'all' });
      say(t('matterDeleted', { name }));
      onClose();
    });
  };
  return (
    <Dialog
      title={t('deleteMatterTitle', { name })}
      description={count === 0 ? t('deleteEmptyMatterText') : t('deleteMatterText')}
      onClose={onClose}
    >
      <form onSubmit={deleteMatter}>
        {count > 0 && (
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1 text-sm font-medium">{t('deleteMatterRecordings')}</legend>
            {choices.map(([value, label]) => (
              <label key={value} className="flex min-h-8 items-center gap-2.5 text-sm">
                <input
                  type="radio"
                  name="recordings"
                  value={value}
                  checked={withRecordings === value}
                  onChange={() => setWithRecordings(value)}
                  className="size-4 shrink-0 accent-accent"
                />
                {label}
              </label>
            ))}
          </fieldset>
        )}
        {voices > 0 && <p className="mt-4 text-sm">{t('voices:goWithMatter', { count: voices })}</p>}
        {error && (
          <div role="alert" className="mt-4">
            <ErrorNotice error={error} onClose={clearError} />
          </div>
        )}
        <DialogActions>
          <Button onClick={onClose}>{t('app:cancel')}</Button>
          <Button type="submit" look="danger" disabled={isBusy}>
            {t('deleteMatterNow')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
