import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingView, TranscriptionChoice } from '../../../src/contract/views.ts';
import type { MenuItem } from '../../components/menu.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { clockLength, percentage } from '../../lib/format.ts';
import { languageLabel } from '../../lib/language-options.ts';
import { lastChoiceOf } from '../../stores/imports.ts';
import { useJobs } from '../../stores/jobs.ts';
import { transcribe, transcribeFrom } from '../../stores/library-actions.ts';
import { useLanguageOptions } from '../../stores/usual-languages.ts';
import { Chip } from './chip.tsx';
import { hasDoubts } from './visible-recordings.ts';

/** This near the beginning, all is retranscribed. */
const SHORTEST_BEGINNING_MS = 1000;

/**
 * The language of a recording: set, or detected with its certainty. An uncertain one is marked. Choosing another
 * retranscribes: from the start, or from the view state or the running job's position. The text is kept as a version.
 */
export function LanguageChip({ recording, tabIndex }: { recording: RecordingView; tabIndex: number }) {
  const { t } = useTranslation('library');
  const userLanguage = useLanguage();
  const languages = useLanguageOptions(userLanguage);
  // A queued retranscription shows its option, not an earlier language.
  const { job } = recording;
  const fromMs = useFromHere(recording);
  const [isFromHere, setFromHere] = useState(false);

  // What was guessed of no words says nothing.
  const isGuess = job !== null && !recording.wordless;
  const probability = isGuess ? job.languageProbability : null;
  const detected = isGuess ? job.language : null;
  const choice = lastChoiceOf(recording);
  const given = choice.language;
  const name = (code: string) => {
    if (code === 'auto') return t('automatic');
    return code === 'mixed' ? t('languageMixed') : languageLabel(code, userLanguage);
  };
  const text = given !== 'mixed' && detected !== null ? name(detected) : name(given);
  const again = (wanted: TranscriptionChoice) => {
    if (isFromHere && fromMs !== null) transcribeFrom(recording.id, fromMs, wanted);
    else transcribe(recording.id, wanted);
  };
  const place = (id: string, label: string, chosen: boolean): MenuItem => ({
    kind: 'choice',
    id,
    label,
    chosen,
    keepsOpen: true,
    run: () => setFromHere(id === 'fromHere'),
  });
  const option = (code: string, label = name(code)): MenuItem => ({
    kind: 'choice',
    id: code,
    label,
    chosen: code === given,
    run: () => again({ ...choice, language: code }),
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
    ...(fromMs === null
      ? []
      : [
          { kind: 'heading', id: 'where', label: t('againWhere') } as const,
          place('fromStart', t('againFromStart'), !isFromHere),
          place('fromHere', t('againFromHere', { time: clockLength(fromMs) }), isFromHere),
          { kind: 'line', id: 'whereLine' } as const,
        ]),
    {
      kind: 'heading',
      id: 'again',
      label: recording.hasTranscript ? t('languageAgain') : t('languageStart'),
    },
    option('auto'),
    option('mixed'),
    { kind: 'line', id: 'line' },
    ...languages.map(({ value, label }) => option(value, label)),
  ];
  const isUnsure = hasDoubts(probability);
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

/** Position of the running job, else of the view state; null if that is the beginning, or there is no text. */
function useFromHere({ job, hasTranscript, placeMs }: RecordingView): number | null {
  const transcribedMs = useJobs((store) => store.progress[job?.id ?? '']?.transcribedMs) ?? null;
  if (!hasTranscript) return null;
  const isRunning = job?.state === 'running' && job.range === null;
  const fromMs = isRunning ? (transcribedMs ?? job.progress?.transcribedMs ?? 0) : (placeMs ?? 0);
  return fromMs < SHORTEST_BEGINNING_MS ? null : Math.round(fromMs);
}
