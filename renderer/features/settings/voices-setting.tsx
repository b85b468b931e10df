import { useTranslation } from 'react-i18next';
import { VoiceList } from '../../components/voice-list.tsx';
import { useMatters } from '../../stores/matters.ts';
import { say } from '../../stores/toasts.ts';
import { useKnownVoices } from '../../stores/voices.ts';

/** All voices that the vault remembers. */
export function VoicesSetting() {
  const { t } = useTranslation('voices');
  const voices = useKnownVoices(null);
  const matters = useMatters((store) => store.matters);
  return (
    <>
      <p className="text-sm text-ink-soft">{t('text')}</p>
      {voices !== null && (
        <VoiceList
          voices={voices}
          matterName={(matterId) => matters.find(({ id }) => id === matterId)?.name ?? ''}
          onForgotten={say}
        />
      )}
    </>
  );
}
