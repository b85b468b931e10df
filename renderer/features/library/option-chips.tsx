import { useTranslation } from 'react-i18next';
import type { RecordingView, TranscriptionChoice } from '../../../src/contract/views.ts';
import { lastChoiceOf } from '../../stores/imports.ts';
import { transcribe } from '../../stores/library-actions.ts';
import { useModels } from '../../stores/models.ts';
import { Chip } from './chip.tsx';
import { SpeakerChip } from './speaker-chip.tsx';

/** The options of an unfinished transcription, each editable on the row. */
export function OptionChips({ recording, tabIndex }: { recording: RecordingView; tabIndex: number }) {
  const { t } = useTranslation('library');
  const isRange = recording.job?.range != null;
  const models = useModels((store) => store.models);
  const choice = lastChoiceOf(recording);
  const installed = models.filter((model) => model.installed);
  const usual = installed.find((model) => model.isDefault);
  const change = (part: Partial<TranscriptionChoice>) => transcribe(recording.id, { ...choice, ...part });
  const more = [
    ['translate', t('translate')],
    ['keepSilence', t('keepSilence')],
  ] as const;
  const chosenMore = more.filter(([key]) => choice[key]).map(([, label]) => label);
  // Options of a range are asked each time.
  if (isRange) return null;
  return (
    <>
      <Chip
        label={t('model')}
        text={choice.model ?? usual?.name ?? t('modelNone')}
        tabIndex={tabIndex}
        items={installed.map((model) => ({
          kind: 'choice',
          id: model.name,
          label: model.name,
          chosen: model.name === (choice.model ?? usual?.name),
          run: () => transcribe(recording.id, { ...choice, model: model.name }),
        }))}
      />
      <SpeakerChip recordingId={recording.id} choice={choice} tabIndex={tabIndex} onChange={change} />
      <Chip
        label={t('moreOptions')}
        text={chosenMore.length > 0 ? chosenMore.join(', ') : t('more')}
        tabIndex={tabIndex}
        items={more.map(([key, label]) => ({
          kind: 'choice',
          id: key,
          label,
          chosen: choice[key],
          run: () => change({ [key]: !choice[key] }),
        }))}
      />
    </>
  );
}
