import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { useLanguage } from '../../../components/window-facts.ts';
import { percentage } from '../../../lib/format.ts';

/** Tells that a speaker was named by the voice, how certain that is, and asks whether it is right. */
export function RecognisedSpeaker({
  name,
  certainty,
  onAnswer,
}: {
  name: string;
  certainty: number;
  onAnswer: (isRight: boolean) => void;
}) {
  const { t } = useTranslation('voices');
  const language = useLanguage();
  return (
    <div className="mt-1.5 flex flex-col gap-1.5">
      <p className="text-ink-soft">{t('probably', { name, certainty: percentage(certainty, language) })}</p>
      <div className="flex flex-wrap gap-1.5">
        <Button size="small" onClick={() => onAnswer(true)}>
          {t('confirm', { name })}
        </Button>
        <Button size="small" look="plain" onClick={() => onAnswer(false)}>
          {t('reject', { name })}
        </Button>
      </div>
    </div>
  );
}
