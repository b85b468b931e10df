import { useTranslation } from 'react-i18next';
import { VoiceList } from '../../components/voice-list.tsx';
import { say } from '../../stores/toasts.ts';
import { useKnownVoices } from '../../stores/voices.ts';

/** The voices that a matter remembers; nothing if it remembers none. */
export function MatterVoices({ matterId }: { matterId: string }) {
  const { t } = useTranslation('voices');
  const voices = useKnownVoices(matterId);
  if (voices === null || voices.length === 0) return null;
  return (
    <fieldset className="flex flex-col gap-2 rounded-lg border border-line px-4 py-2">
      <legend className="px-1 text-sm font-medium">{t('title')}</legend>
      <VoiceList voices={voices} onForgotten={say} />
    </fieldset>
  );
}
