import { Square, Volume2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { SpokenFormat } from '../../../../src/contract/read-aloud.ts';
import { IconButton } from '../../../components/button.tsx';
import { MenuButton } from '../../../components/menu.tsx';
import { useLanguage } from '../../../components/window-facts.ts';
import { attempt, say } from '../../../stores/toasts.ts';
import { READING_SPEEDS, type ReadAloud } from './read-aloud.ts';

/** Reads the text aloud, or stops it. */
export function ReadAloudMenu({
  readAloud,
  recordingId,
  disabled,
}: {
  readAloud: ReadAloud;
  recordingId: string;
  disabled: boolean;
}) {
  const { t } = useTranslation('aloud');
  const language = useLanguage();
  const { isReading, speed, isSaving } = useStore(readAloud.store);
  if (isReading) {
    return (
      <IconButton label={t('stop')} shortcut="readAloud" look="primary" onClick={() => readAloud.stop()}>
        <Square aria-hidden size="1rem" fill="currentColor" />
      </IconButton>
    );
  }
  const number = new Intl.NumberFormat(language);
  const save = (format: SpokenFormat) => {
    attempt(async () => {
      const path = await readAloud.save(recordingId, format);
      if (path !== null) say(t('saved', { path }));
    });
  };
  return (
    <MenuButton
      label={t('title')}
      trigger={
        <IconButton label={isSaving ? t('saving') : t('title')} disabled={disabled || isSaving}>
          <Volume2 aria-hidden size="1.125rem" />
        </IconButton>
      }
      items={[
        {
          ...{ kind: 'action', id: 'here', label: t('here'), shortcut: 'readAloud' },
          run: () => readAloud.toggle('here'),
        },
        {
          ...{ kind: 'action', id: 'onwards', label: t('onwards'), shortcut: 'readAloudOnwards' },
          run: () => readAloud.toggle('onwards'),
        },
        { kind: 'heading', id: 'speed', label: t('speed') },
        ...READING_SPEEDS.map((one) => ({
          ...{ kind: 'choice' as const, id: `speed${one}`, label: t('times', { speed: number.format(one) }) },
          ...{ chosen: one === speed, keepsOpen: true, run: () => readAloud.setSpeed(one) },
        })),
        { kind: 'line', id: 'line' },
        ...SpokenFormat.options.map((format) => ({
          ...{ kind: 'action' as const, id: format, label: t('saveAs', { format: format.toUpperCase() }) },
          run: () => save(format),
        })),
      ]}
    />
  );
}
