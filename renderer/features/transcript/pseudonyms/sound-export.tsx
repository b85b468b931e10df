import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BleepSound, SoundFormat } from '../../../../src/contract/pseudonyms.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Select } from '../../../components/field.tsx';
import { useSubmission } from '../../../components/use-submission.ts';
import { request } from '../../../lib/client.ts';
import { say } from '../../../stores/toasts.ts';

/** Writes the sound with what the key covers bleeped. */
export function SoundExport({ recordingId, hasKey }: { recordingId: string; hasKey: boolean }) {
  const { t } = useTranslation('pseudonyms');
  const id = useId();
  const [sound, setSound] = useState<BleepSound>('tone');
  const [format, setFormat] = useState<SoundFormat>('wav');
  const { isBusy, error, submit, clearError } = useSubmission();
  const exportSound = () =>
    submit(async () => {
      const written = await request('pseudonyms.exportSound', { recordingId, sound, format });
      if (written !== null) say(t('soundWritten', { count: written.places, path: written.path }));
    });
  if (!hasKey) return null;
  return (
    <div>
      <h3 className="mb-1 text-base font-semibold">{t('soundTitle')}</h3>
      <p className="mb-2 text-ink-soft">{t('soundWarning')}</p>
      {error !== null && <ErrorNotice error={error} onClose={clearError} />}
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={id}>{t('sound')}</label>
        <Select
          id={id}
          value={sound}
          onChoose={setSound}
          options={BleepSound.options.map((value) => ({ value, label: t(value) }))}
        />
        <label htmlFor={`${id}-format`}>{t('format')}</label>
        <Select
          id={`${id}-format`}
          value={format}
          onChoose={setFormat}
          options={SoundFormat.options.map((value) => ({ value, label: t(value) }))}
        />
        <Button disabled={isBusy} onClick={exportSound}>
          {t(isBusy ? 'soundIsWritten' : 'exportSound')}
        </Button>
      </div>
    </div>
  );
}
