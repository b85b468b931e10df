import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../../components/button.tsx';
import type { WhoSpeaks } from './who-speaks.ts';

/** Offers to review the paragraphs that sound like one that was just given a speaker. */
export function SimilarOffer({ who, onDismiss }: { who: WhoSpeaks; onDismiss: () => void }) {
  const { t } = useTranslation('speakers');
  const offer = useStore(who.similar.store, (s) => s.offer);
  const isShown = useStore(who.store, ({ shown }) => shown === 'similar');
  if (offer === null || isShown) return null;
  const { speaker, paragraphs } = offer;
  return (
    <div
      role="status"
      className="appear flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-accent-wash px-4 py-2 text-sm"
    >
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {t('similarOffer', { count: paragraphs.length, speaker })}
      </p>
      <Button size="small" onClick={() => who.review()}>
        {t('similarReview')}
      </Button>
      <IconButton label={t('similarDismiss')} onClick={onDismiss}>
        <X aria-hidden size="1rem" />
      </IconButton>
    </div>
  );
}
