import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';

/** Which audio track of several to import, or all of them. */
export function TrackDialog({
  tracks,
  onChoose,
  onClose,
}: {
  /** The file's data on its tracks, in their order. */
  tracks: readonly string[];
  onChoose: (track: number | 'mix') => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('library');
  const choose = (track: number | 'mix') => {
    onClose();
    onChoose(track);
  };
  return (
    <Dialog title={t('tracksTitle')} description={t('tracksText')} onClose={onClose}>
      <div className="flex flex-col gap-2">
        {tracks.map((track, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a track is known by its place in the file
          <Button key={index} className="justify-start text-left" onClick={() => choose(index + 1)}>
            {t('track', { number: index + 1, name: track })}
          </Button>
        ))}
        <Button className="justify-start" onClick={() => choose('mix')}>
          {t('tracksMix')}
        </Button>
      </div>
    </Dialog>
  );
}
