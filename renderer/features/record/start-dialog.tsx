import { type FormEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputDevice } from '../../../src/contract/capture.ts';
import type { InputProcessing, RecordingChoice } from '../../../src/contract/recording-choice.ts';
import { sameMicrophone } from '../../../src/contract/starting-capture.ts';
import { startingChoice } from '../../../src/contract/starting-choice.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field, Select, TextInput } from '../../components/field.tsx';
import { SwitchRow } from '../../components/setting-row.tsx';
import { SpeakerFields } from '../../components/speaker-fields.tsx';
import { TickLine } from '../../components/tick-line.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { languageLabel } from '../../lib/language-options.ts';
import { useMatters } from '../../stores/matters.ts';
import { scopeMatterId } from '../../stores/navigation.ts';
import {
  choosableMicrophones,
  lastRecordingChoice,
  loadMicrophones,
  startRecording,
  useMicrophones,
} from '../../stores/recording-actions.ts';
import { useLanguageOptions } from '../../stores/usual-languages.ts';

const USUAL = '';

/** What to record, and how. It starts with the last choice, and what it starts becomes the last choice. */
export function StartDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['record', 'app']);
  const [choice, setChoice] = useState(lastRecordingChoice);
  const [matterId, setMatterId] = useState(scopeMatterId);
  const [name, setName] = useState('');
  const formId = useId();
  const { isBusy, error, submit, clearError } = useSubmission();
  const change = (part: Partial<RecordingChoice>) => setChoice((before) => ({ ...before, ...part }));
  const begin = (event: FormEvent) => {
    event.preventDefault();
    return submit(async () => {
      await startRecording({ choice, matterId, name: name.trim() === '' ? null : name.trim() });
      onClose();
    });
  };
  return (
    <Dialog
      title={t('startTitle')}
      description={t('startAbout')}
      onClose={onClose}
      width="wide"
      actions={
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={formId} look="primary" disabled={isBusy}>
            {isBusy ? t('starting') : t('begin')}
          </Button>
        </div>
      }
    >
      <form id={formId} onSubmit={begin} className="flex flex-col gap-5">
        {error !== null && (
          <div role="alert">
            <ErrorNotice error={error} onClose={clearError} />
          </div>
        )}
        <MicrophoneField choice={choice} onChange={change} />
        <SwitchRow
          label={t('systemAudio')}
          hint={t('systemAudioHint')}
          checked={choice.systemAudio}
          onChange={(systemAudio) => change({ systemAudio })}
        />
        <div className="grid gap-4 sm:grid-cols-2 sm:[&>:nth-child(3)]:col-span-2">
          <LanguageField choice={choice} matterId={matterId} onChange={change} />
          <MatterField matterId={matterId} onChoose={setMatterId} />
          <Field label={t('name')}>
            {(ids) => (
              <TextInput
                {...ids}
                maxLength={255}
                placeholder={t('nameHint')}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
        </div>
        <SpeakerField choice={choice} matterId={matterId} onChange={change} />
        <div className="flex flex-col gap-4 border-t border-line pt-4">
          <SwitchRow
            label={t('liveText')}
            hint={t('liveTextHint')}
            checked={choice.liveText}
            onChange={(liveText) => change({ liveText })}
          />
          <SwitchRow
            label={t('finalTranscript')}
            hint={t('finalTranscriptHint')}
            checked={choice.finalTranscript}
            onChange={(finalTranscript) => change({ finalTranscript })}
          />
        </div>
        <ProcessingFields processing={choice.processing} onChange={(processing) => change({ processing })} />
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  choice: RecordingChoice;
  onChange: (part: Partial<RecordingChoice>) => void;
}

function MicrophoneField({ choice: { microphone }, onChange }: ChoiceProps) {
  const { t } = useTranslation('record');
  const known = useMicrophones((store) => store.devices);
  useEffect(() => void loadMicrophones().catch(() => undefined), []);
  const devices = choosableMicrophones(known ?? []);
  const chosen = microphone === null ? null : sameMicrophone(microphone, devices);
  const labelOf = ({ label }: InputDevice, index: number) =>
    label === '' ? t('microphoneNumber', { number: index + 1 }) : label;
  const isAway = microphone !== null && chosen === null;
  return (
    <Field
      label={t('microphone')}
      hint={devices.some(({ label }) => label !== '') ? undefined : t('microphoneHint')}
    >
      {(ids) => (
        <Select
          {...ids}
          autoFocus
          value={isAway ? microphone.deviceId : (chosen?.deviceId ?? USUAL)}
          onChoose={(value) => {
            const device = devices.find(({ deviceId }) => deviceId === value);
            if (device !== undefined)
              onChange({ microphone: { deviceId: device.deviceId, label: device.label } });
            else if (value === USUAL) onChange({ microphone: null });
          }}
          options={[
            { value: USUAL, label: t('microphoneUsual') },
            ...devices.map((device, index) => ({ value: device.deviceId, label: labelOf(device, index) })),
            ...(isAway
              ? [{ value: microphone.deviceId, label: t('microphoneAway', { name: microphone.label }) }]
              : []),
          ]}
        />
      )}
    </Field>
  );
}

function LanguageField({ choice, matterId, onChange }: ChoiceProps & { matterId: string | null }) {
  const { t } = useTranslation(['record', 'library']);
  const userLanguage = useLanguage();
  const languages = useLanguageOptions(userLanguage);
  const matter = useMatters(({ matters }) => matters.find(({ id }) => id === matterId));
  const usual = startingChoice(matter).language;
  const names: Readonly<Record<string, string>> = {
    auto: t('library:automatic'),
    mixed: t('library:languageMixed'),
  };
  return (
    <Field label={t('language')}>
      {(ids) => (
        <Select
          {...ids}
          value={choice.language ?? USUAL}
          onChoose={(language) => onChange({ language: language === USUAL ? null : language })}
          options={[
            {
              value: USUAL,
              label: t('languageUsual', { language: names[usual] ?? languageLabel(usual, userLanguage) }),
            },
            ...Object.entries(names).map(([value, label]) => ({ value, label })),
            ...languages,
          ]}
        />
      )}
    </Field>
  );
}

function SpeakerField({ choice, matterId, onChange }: ChoiceProps & { matterId: string | null }) {
  const matter = useMatters(({ matters }) => matters.find(({ id }) => id === matterId));
  const options = startingChoice(matter);
  const usual = { options, isChosen: choice.telling === null, choose: () => onChange({ telling: null }) };
  return (
    <SpeakerFields
      options={choice.telling ?? options}
      usual={usual}
      onChange={(telling) => onChange({ telling })}
    />
  );
}

function MatterField({
  matterId,
  onChoose,
}: {
  matterId: string | null;
  onChoose: (matterId: string | null) => void;
}) {
  const { t } = useTranslation(['record', 'app']);
  const matters = useMatters((store) => store.matters);
  if (matters.length === 0) return null;
  return (
    <Field label={t('matter')}>
      {(ids) => (
        <Select
          {...ids}
          value={matterId ?? USUAL}
          onChoose={(value) => onChoose(value === USUAL ? null : value)}
          options={[
            { value: USUAL, label: t('app:unfiled') },
            ...matters.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
    </Field>
  );
}

const PROCESSES = ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const;

function ProcessingFields({
  processing,
  onChange,
}: {
  processing: InputProcessing;
  onChange: (processing: InputProcessing) => void;
}) {
  const { t } = useTranslation('record');
  // As it was when the dialog opened: unchecking the last one must not fold the others away.
  const [isOpen] = useState(() => PROCESSES.some((name) => processing[name]));
  return (
    <details open={isOpen} className="rounded-lg border border-line">
      <summary className="rounded-lg px-4 py-2.5 text-sm font-medium">{t('processing')}</summary>
      <div className="flex flex-col gap-3 px-4 pb-4">
        <p className="text-sm text-ink-soft">{t('processingHint')}</p>
        {PROCESSES.map((name) => (
          <TickLine
            key={name}
            label={t(name)}
            checked={processing[name]}
            onChange={(checked) => onChange({ ...processing, [name]: checked })}
          />
        ))}
      </div>
    </details>
  );
}
