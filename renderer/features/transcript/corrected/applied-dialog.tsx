import { Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AppliedCorrection } from '../../../../src/contract/correction-rules.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { attempt } from '../../../stores/toasts.ts';
import { clock } from '../document/clock.ts';
import type { Playback } from '../playback/playback.ts';
import type { AppliedCorrections } from './applied-corrections.ts';

/** How long a correction is played to be checked. */
const LISTEN_MS = 4000;

/** Every place that rules have corrected: listen, and take one or all back. */
export function AppliedDialog({ applied, playback }: { applied: AppliedCorrections; playback: Playback }) {
  const { t } = useTranslation('corrections');
  const { corrections, isOpen } = useStore(applied.store);
  if (!isOpen) return null;
  const standing = corrections.filter(({ stands }) => stands).length;
  const close = () => {
    playback.player.pause();
    applied.close();
  };
  return (
    <Dialog
      title={t('appliedTitle')}
      description={t('appliedText')}
      onClose={close}
      width="wide"
      actions={
        standing > 0 && (
          <Button onClick={() => attempt(() => applied.takeBack(null))}>
            {t('takeAllBack', { count: standing })}
          </Button>
        )
      }
    >
      <ol aria-label={t('list')} className="flex flex-col">
        {corrections.map((one) => (
          <Row
            key={`${one.versionId} ${one.number}`}
            correction={one}
            onListen={() => playback.player.playRange(one.startMs, one.startMs + LISTEN_MS)}
            onTakeBack={() => attempt(() => applied.takeBack(one))}
          />
        ))}
      </ol>
    </Dialog>
  );
}

function Row({
  correction: { startMs, found, replacement, stands },
  onListen,
  onTakeBack,
}: {
  correction: AppliedCorrection;
  onListen: () => void;
  onTakeBack: () => void;
}) {
  const { t } = useTranslation('corrections');
  const time = clock(startMs);
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1.5 text-sm last:border-b-0">
      <Button
        size="small"
        look="plain"
        className="figures"
        aria-label={t('playAt', { time })}
        onClick={onListen}
      >
        <Play aria-hidden size="0.875rem" />
        {time}
      </Button>
      <span className="min-w-0 flex-1 basis-40 [overflow-wrap:anywhere]">
        {t('rule', { find: found, replacement })}
      </span>
      {stands ? (
        <Button size="small" aria-label={t('takeBackAt', { replacement, time })} onClick={onTakeBack}>
          {t('takeBack')}
        </Button>
      ) : (
        <span className="text-ink-soft">{t('takenBack')}</span>
      )}
    </li>
  );
}
