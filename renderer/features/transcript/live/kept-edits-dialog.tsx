import { Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { KeptEditView } from '../../../../src/contract/views.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { attempt } from '../../../stores/toasts.ts';
import { clock } from '../document/clock.ts';
import type { Playback } from '../playback/playback.ts';
import type { KeptEdits } from './kept-edits.ts';

/** Each kept correction beside what the final transcript heard there: listen, and take the other if it is right. */
export function KeptEditsDialog({ keptEdits, playback }: { keptEdits: KeptEdits; playback: Playback }) {
  const { t } = useTranslation('record');
  const { edits, isOpen } = useStore(keptEdits.store);
  if (!isOpen) return null;
  const close = () => {
    playback.player.pause();
    keptEdits.close();
  };
  return (
    <Dialog title={t('keptTitle')} description={t('keptAbout')} onClose={close} width="wide">
      {edits.length === 0 && <p role="status">{t('keptNone')}</p>}
      <ol className="flex flex-col gap-3">
        {edits.map((edit) => (
          <Kept
            key={`${edit.startMs} ${edit.machineIds.join()}`}
            edit={edit}
            onListen={() => playback.player.playRange(edit.startMs, edit.endMs)}
            onTake={() => attempt(() => keptEdits.takeHeard(edit))}
          />
        ))}
      </ol>
    </Dialog>
  );
}

function Kept({
  edit: { startMs, text, heard },
  onListen,
  onTake,
}: {
  edit: KeptEditView;
  onListen: () => void;
  onTake: () => void;
}) {
  const { t } = useTranslation('record');
  const time = clock(startMs);
  return (
    <li className="rounded-lg border border-line p-3">
      <div className="grid gap-3 sm:grid-cols-2">
        {[
          { label: t('keptYours'), words: text === '' ? t('keptRemoved') : text },
          { label: t('keptHeard'), words: heard === '' ? t('keptNothing') : heard },
        ].map(({ label, words }) => (
          <div key={label} className="min-w-0">
            <p className="text-xs font-medium text-ink-soft">{label}</p>
            <p className="font-serif text-[1.0625rem] [overflow-wrap:anywhere]">{words}</p>
          </div>
        ))}
      </div>
      <div className="mt-2.5 flex flex-wrap justify-end gap-2">
        <Button
          size="small"
          look="plain"
          aria-label={t('markerPlay', { time })}
          className="mr-auto figures"
          onClick={onListen}
        >
          <Play aria-hidden size="0.875rem" />
          {time}
        </Button>
        <Button size="small" aria-label={t('keptTakeAt', { time })} onClick={onTake}>
          {t('keptTake')}
        </Button>
      </div>
    </li>
  );
}
