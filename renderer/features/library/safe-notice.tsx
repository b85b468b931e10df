import { ShieldCheck, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingView } from '../../../src/contract/views.ts';
import { IconButton } from '../../components/button.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { dismissArrivals, useArrivals } from '../../stores/arrivals.ts';
import { revealSource } from '../../stores/library-actions.ts';
import { isFromFile, useFreshArrivals } from './fresh-arrivals.ts';

/**
 * On a new recording's row, once all of it is sealed: the source is still readable in its place. A single one says that
 * the recorder may go; of several, `SafeArrivals` says it once for all.
 */
export function SafeNotice({ recording, tabIndex }: { recording: RecordingView; tabIndex: number }) {
  const { t } = useTranslation('library');
  const isNoticed = useArrivals(({ noticed }) => noticed.has(recording.id));
  const { total } = useFreshArrivals();
  if (!isNoticed || !recording.isSafe || !isFromFile(recording)) return null;
  const source = recording.sourceStillThere && <SourceInPlace recording={recording} tabIndex={tabIndex} />;
  if (total > 1) {
    return (
      <div className="flex min-h-6 min-w-0 items-center gap-1.5 text-sm text-ink-soft">
        <ShieldCheck aria-hidden size="0.9375rem" className="shrink-0 text-accent" />
        <span className="shrink-0">{t('safeRow')}</span>
        {source}
      </div>
    );
  }
  return (
    <Box className="mt-1" tabIndex={tabIndex}>
      <p className="font-medium">{t('safe')}</p>
      {source}
    </Box>
  );
}

/** Says above the list, where several recordings came in, how many are sealed: only then may the recorder be unplugged. */
export function SafeArrivals() {
  const { t } = useTranslation('library');
  const { total, safe } = useFreshArrivals();
  if (total < 2) return null;
  return (
    <div data-passing className="mx-4 mb-2">
      <Box>
        <p role="status" className="font-medium">
          {safe === total ? t('safeAll', { total }) : t('safeSome', { safe, total })}
        </p>
      </Box>
    </div>
  );
}

/** A notice that everything is safe, which the user puts away. */
function Box({
  className = '',
  tabIndex,
  children,
}: {
  className?: string;
  tabIndex?: number;
  children: ReactNode;
}) {
  const { t } = useTranslation('app');
  return (
    <div
      className={`${className} flex items-start gap-2 rounded-md bg-accent-wash py-0.5 pr-0.5 pl-2.5 text-sm`}
    >
      <ShieldCheck aria-hidden size="1rem" className="mt-1.5 shrink-0 text-accent" />
      <div className="flex min-h-7 min-w-0 flex-1 flex-wrap items-center gap-x-2">{children}</div>
      <IconButton label={t('dismissToast')} size="smallIcon" tabIndex={tabIndex} onClick={dismissArrivals}>
        <X aria-hidden size="0.9375rem" />
      </IconButton>
    </div>
  );
}

/** Where the source is, which is not encrypted there, and a way to it. */
function SourceInPlace({ recording, tabIndex }: { recording: RecordingView; tabIndex: number }) {
  const { t } = useTranslation('library');
  return (
    <span className="flex max-w-full min-w-0 items-center gap-2">
      <Truncated
        text={t(recording.parts.length === 0 ? 'stillReadable' : 'partsStillReadable', {
          path: recording.sourcePath,
        })}
        className="text-ink-soft"
      />
      <button
        type="button"
        tabIndex={tabIndex}
        onClick={() => revealSource(recording.id)}
        className="min-h-6 shrink-0 rounded-sm text-accent underline underline-offset-2 hover:text-accent-hover"
      >
        {t('reveal')}
      </button>
    </span>
  );
}
