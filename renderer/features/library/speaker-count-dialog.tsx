import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { SpeakerFields } from '../../components/speaker-fields.tsx';
import { lastChoiceOf } from '../../stores/imports.ts';
import { useLibrary } from '../../stores/library.ts';
import { transcribe } from '../../stores/library-actions.ts';

/** Asks how many speak in a recording whose transcription is not finished. */
export function SpeakerCountDialog({ recordingId, onClose }: { recordingId: string; onClose: () => void }) {
  const { t } = useTranslation('speaking');
  const recording = useLibrary(({ recordings }) => recordings.get(recordingId));
  const [options, setOptions] = useState(() => (recording === undefined ? null : lastChoiceOf(recording)));
  if (recording === undefined || options === null) return null;
  const take = (event: FormEvent) => {
    event.preventDefault();
    transcribe(recordingId, options);
    onClose();
  };
  return (
    <Dialog title={t('howManyIn', { name: recording.name })} onClose={onClose}>
      <form onSubmit={take}>
        <SpeakerFields
          options={options}
          autoFocus
          onChange={(chosen) => setOptions({ ...options, ...chosen })}
        />
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary">
            {t('take')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
