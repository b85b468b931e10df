import { useTranslation } from 'react-i18next';
import type { RecordingView } from '../../../src/contract/views.ts';
import type { MenuItem } from '../../components/menu.tsx';
import { useLanguage } from '../../components/use-language.ts';
import { percentage } from '../../lib/format.ts';
import { startingChoice } from '../../stores/imports.ts';
import { transcribe } from '../../stores/library-actions.ts';
import { Chip } from './chip.tsx';
import { languageLabel, languageOptions } from './language-options.ts';
import { isDoubtful } from './visible-recordings.ts';

/**
 * The language of a recording: given, or detected with its certainty. An uncertain one stands out. Choosing another
 * transcribes anew; the text so far stays as a version.
 */
export function LanguageChip({ recording, tabIndex }: { recording: RecordingView; tabIndex: number }) {
  const { t } = useTranslation('library');
  const userLanguage = useLanguage();
  const { job } = recording;
  const given = job?.choice.language ?? 'auto';
  const detected = job?.language ?? null;
  const probability = job?.languageProbability ?? null;
  const choice = job?.choice ?? startingChoice(undefined);
  const name = (code: string) => {
    if (code === 'auto') return t('automatic');
    return code === 'mixed' ? t('languageMixed') : languageLabel(code, userLanguage);
  };
  const text = given !== 'mixed' && detected !== null ? name(detected) : name(given);
  const option = (code: string, label = name(code)): MenuItem => ({
    kind: 'choice',
    id: code,
    label,
    chosen: code === given,
    run: () => transcribe(recording.id, { ...choice, language: code }, job?.usesSample ?? false),
  });
  const items = (): MenuItem[] => [
    ...(probability !== null && detected !== null
      ? [
          {
            kind: 'heading',
            id: 'detected',
            label: t('languageDetected', {
              language: name(detected),
              certainty: percentage(probability, userLanguage),
            }),
          } as const,
        ]
      : []),
    { kind: 'heading', id: 'again', label: job?.state === 'done' ? t('languageAgain') : t('languageStart') },
    option('auto'),
    option('mixed'),
    { kind: 'line', id: 'line' },
    ...languageOptions(userLanguage).map(({ value, label }) => option(value, label)),
  ];
  const isUnsure = isDoubtful(probability);
  return (
    <Chip
      label={t('language')}
      text={isUnsure && probability !== null ? `${text} ${percentage(probability, userLanguage)}` : text}
      isWarning={isUnsure}
      items={items}
      tabIndex={tabIndex}
    />
  );
}
