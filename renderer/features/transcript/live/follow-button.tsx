import { ArrowDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../../components/button.tsx';
import type { LiveFollower } from './live-follower.ts';

/** Leads back to the newest words, once the reader has left them. */
export function FollowButton({ follower }: { follower: LiveFollower }) {
  const { t } = useTranslation('record');
  const isEndInSight = useStore(follower.store, (s) => s.isEndInSight);
  if (isEndInSight) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <Button
        size="small"
        className="appear pointer-events-auto rounded-full! shadow-float"
        onClick={() => follower.follow()}
      >
        <ArrowDown aria-hidden size="0.9375rem" />
        {t('follow')}
      </Button>
    </div>
  );
}
