import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../../components/button.tsx';
import { attempt } from '../../../stores/toasts.ts';
import type { NameReview } from '../review/name-review.ts';
import { RuleDialog } from './rule-dialog.tsx';
import type { RuleOffer } from './rule-offer.ts';

const BAR =
  'appear flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-accent-wash px-4 py-2 text-sm';

/** Offers to correct a word in every new transcript, below the text, where the keyboard stays; nothing while a name is reviewed. */
export function RuleOfferBar({
  offer,
  names,
  recordingId,
  onDone,
}: {
  offer: RuleOffer;
  names: NameReview;
  recordingId: string;
  /** Gives the keyboard back to the text. */
  onDone: () => void;
}) {
  const { t } = useTranslation('corrections');
  const first = useStore(offer.store, ({ offers }) => offers[0]);
  const made = useStore(offer.store, (s) => s.made);
  const isReviewing = useStore(names.store, (s) => s.offer !== null || s.review !== null);
  const [isMaking, setMaking] = useState(false);
  if (isReviewing && !isMaking) return null;
  if (made !== null) {
    return (
      <div role="status" className={BAR}>
        <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">{t('added', { find: made.word.from })}</p>
        <Button
          size="small"
          onClick={() => {
            attempt(() => offer.takeBack());
            onDone();
          }}
        >
          {t('offerUndo')}
        </Button>
        <IconButton
          label={t('offerClose')}
          onClick={() => {
            offer.close();
            onDone();
          }}
        >
          <X aria-hidden size="1rem" />
        </IconButton>
      </div>
    );
  }
  if (first === undefined) return null;
  const { word, isHere } = first;
  const done = (action: () => void) => () => {
    action();
    onDone();
  };
  return (
    <div role="status" className={BAR}>
      <p className="min-w-0 flex-[1_1_18rem] [overflow-wrap:anywhere]">
        {t(isHere ? 'offerHere' : 'offerElsewhere', { ...word })}
      </p>
      <div className="ms-auto flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="small" onClick={() => setMaking(true)}>
          {t('offerAlways')}
        </Button>
        {!isHere && (
          <Button
            size="small"
            onClick={done(() => {
              offer.later();
              names.propose(word);
            })}
          >
            {t('offerReview')}
          </Button>
        )}
        <Button size="small" look="plain" onClick={done(() => attempt(() => offer.decline()))}>
          {t('offerNever')}
        </Button>
        <IconButton label={t('offerLater')} onClick={done(() => offer.later())}>
          <X aria-hidden size="1rem" />
        </IconButton>
      </div>
      {isMaking && (
        <RuleDialog
          recordingId={recordingId}
          first={{ find: word.from, replacement: word.to, matchCase: false }}
          onSaved={(id) => {
            offer.accepted(id);
            if (!isHere) names.propose(word);
          }}
          onClose={() => setMaking(false)}
        />
      )}
    </div>
  );
}
