import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorOf, isAppError } from '../../../src/contract/errors.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { dismissRejections, importAgain, type Rejection, useImports } from '../../stores/imports.ts';
import { attempt } from '../../stores/toasts.ts';
import { TrackDialog } from './track-dialog.tsx';

/** Files that could not be imported: why, and what to do. They stay until dismissed. */
export function Rejections() {
  const { t } = useTranslation('library');
  const rejected = useImports((store) => store.rejected);
  if (rejected.length === 0) return null;
  return (
    <section
      data-passing
      aria-label={t('rejected', { count: rejected.length })}
      className="mx-4 mb-2 flex max-h-[40%] shrink-0 flex-col rounded-lg border border-danger/40 bg-danger-wash"
    >
      {rejected.length > 1 && (
        <div className="flex flex-wrap items-center justify-between gap-x-2 border-b border-danger/40 py-1 pr-2 pl-3 text-sm">
          <p className="font-medium">{t('rejected', { count: rejected.length })}</p>
          <Button
            size="small"
            look="plain"
            onClick={() => dismissRejections(rejected.map(({ ticket }) => ticket))}
          >
            {t('dismissAll')}
          </Button>
        </div>
      )}
      {/* Text for screen readers alone is placed absolutely: it must not make the page longer. */}
      <ul className="relative min-h-0 overflow-y-auto">
        {rejected.map((rejection) => (
          <RejectedFile key={rejection.ticket} rejection={rejection} />
        ))}
      </ul>
    </section>
  );
}

function RejectedFile({ rejection }: { rejection: Rejection }) {
  const { t } = useTranslation('app');
  const [isChoosing, setChoosing] = useState(false);
  const error = errorOf(rejection.failure);
  const tracks = isAppError(error, 'media.severalTracks', 'media.noSuchTrack') ? error.details.tracks : null;
  return (
    <li className="flex items-start gap-2 px-3 py-2.5 text-sm">
      <div role="alert" className="min-w-0 flex-1">
        <Truncated text={rejection.name} className="sr-only" />
        <ErrorNotice
          error={error}
          remedies={{
            retry: () => attempt(() => importAgain(rejection, null)),
            chooseTrack: tracks === null ? undefined : () => setChoosing(true),
            close: () => dismissRejections([rejection.ticket]),
          }}
          onClose={() => {}}
        />
      </div>
      <IconButton
        label={t('dismissToast')}
        size="smallIcon"
        onClick={() => dismissRejections([rejection.ticket])}
      >
        <X aria-hidden size="0.9375rem" />
      </IconButton>
      {isChoosing && tracks !== null && (
        <TrackDialog
          tracks={tracks}
          onChoose={(track) => attempt(() => importAgain(rejection, track))}
          onClose={() => setChoosing(false)}
        />
      )}
    </li>
  );
}
