import { X } from 'lucide-react';
import { useId, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { errorOf, isAppError } from '../../../src/contract/errors.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { dismissRejections, importAgain, type Rejection, useImports } from '../../stores/imports.ts';
import { attempt } from '../../stores/toasts.ts';
import { TrackDialog } from './track-dialog.tsx';

/** In lower windows the reasons would leave no room for the list. */
const LOW_WINDOW_PX = 560;

/**
 * Files that could not be imported: why, and what to do. They stay until dismissed. In a low window they are one line
 * that opens.
 */
export function Rejections() {
  const { t } = useTranslation(['library', 'app']);
  const rejected = useImports((store) => store.rejected);
  const isLow = useSyncExternalStore(onResize, () => window.innerHeight < LOW_WINDOW_PX);
  const [isOpened, setOpened] = useState(false);
  const listId = useId();
  if (rejected.length === 0) return null;
  const isOpen = !isLow || isOpened;
  return (
    <section
      data-passing
      aria-label={t('rejected', { count: rejected.length })}
      className={`mx-4 mb-2 flex ${isLow ? 'max-h-[60%]' : 'max-h-[40%]'} shrink-0 flex-col rounded-lg border border-danger/40 bg-danger-wash`}
    >
      {(isLow || rejected.length > 1) && (
        <div className="flex flex-wrap items-center gap-x-2 py-1 pr-2 pl-3 text-sm">
          <p role={isOpen ? undefined : 'alert'} className="min-w-0 flex-1 font-medium">
            {t('rejected', { count: rejected.length })}
          </p>
          {isLow && (
            <Button
              size="small"
              look="plain"
              aria-expanded={isOpen}
              aria-controls={isOpen ? listId : undefined}
              onClick={() => setOpened(!isOpened)}
            >
              {isOpen ? t('leftOutHide') : t('leftOutDetails')}
            </Button>
          )}
          {(rejected.length > 1 || !isOpen) && (
            <Button
              size="small"
              look="plain"
              onClick={() => dismissRejections(rejected.map(({ ticket }) => ticket))}
            >
              {rejected.length > 1 ? t('dismissAll') : t('app:dismissToast')}
            </Button>
          )}
        </div>
      )}
      {/* Text for screen readers alone is placed absolutely: it must not make the page longer. */}
      {isOpen && (
        <ul id={listId} className="relative min-h-0 overflow-y-auto border-danger/40 not-first:border-t">
          {rejected.map((rejection) => (
            <RejectedFile key={rejection.ticket} rejection={rejection} />
          ))}
        </ul>
      )}
    </section>
  );
}

function onResize(told: () => void): () => void {
  window.addEventListener('resize', told);
  return () => window.removeEventListener('resize', told);
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
