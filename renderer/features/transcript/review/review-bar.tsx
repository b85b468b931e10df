import { RotateCcw, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../../components/button.tsx';
import { say } from '../../../stores/toasts.ts';
import type { NameReview } from './name-review.ts';

/** Offers to correct a name elsewhere too, and steps through its occurrences. */
export function ReviewBar({ names }: { names: NameReview }) {
  const { t } = useTranslation('transcript');
  const offer = useStore(names.store, (s) => s.offer);
  const review = useStore(names.store, (s) => s.review);
  if (review !== null) return <ReviewSteps names={names} key="review" />;
  if (offer === null) return null;
  return (
    <div
      role="status"
      className="appear flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-accent-wash px-4 py-2 text-sm"
    >
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">{t('corrected', { ...offer.word })}</p>
      <Button size="small" look="primary" onClick={() => names.begin()}>
        {t('reviewMore', { count: offer.count })}
      </Button>
      <IconButton label={t('dismissOffer')} onClick={() => names.dismiss()}>
        <X aria-hidden size="1rem" />
      </IconButton>
    </div>
  );
}

function ReviewSteps({ names }: { names: NameReview }) {
  const { t } = useTranslation('transcript');
  const review = useStore(names.store, (s) => s.review);
  const accept = useRef<HTMLButtonElement>(null);
  const current = review?.current;
  useEffect(() => {
    if (current !== undefined) accept.current?.focus();
  }, [current]);
  if (review === null) return null;
  const told = (finished: Promise<number | null>) => {
    void finished.then((count) => {
      if (count !== null && count > 0) say(t('replaced', { count }));
    });
  };
  return (
    <section
      aria-label={t('review')}
      data-closes-on-escape
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        names.cancel();
      }}
      className="appear flex flex-wrap items-center gap-x-2 gap-y-1 border-t border-line bg-accent-wash px-4 py-2 text-sm"
    >
      <p aria-live="polite" className="min-w-48 flex-1 [overflow-wrap:anywhere]">
        <span className="figures mr-2 font-semibold">
          {t('reviewPlace', { current: review.current + 1, count: review.segments.length })}
        </span>
        {t('reviewQuestion', { ...review.word })}
      </p>
      <IconButton label={t('playAgain')} onClick={() => names.again()}>
        <RotateCcw aria-hidden size="1rem" />
      </IconButton>
      <Button ref={accept} size="small" look="primary" onClick={() => told(names.decide(true))}>
        {t('reviewReplace')}
      </Button>
      <Button size="small" onClick={() => told(names.decide(false))}>
        {t('reviewSkip')}
      </Button>
      <Button size="small" onClick={() => told(names.acceptRest())}>
        {t('reviewRest')}
      </Button>
      <IconButton label={t('reviewCancel')} onClick={() => names.cancel()}>
        <X aria-hidden size="1rem" />
      </IconButton>
    </section>
  );
}
