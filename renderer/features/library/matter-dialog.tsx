import { FolderInput, FolderOutput, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatterDraft, MatterView } from '../../../src/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field, Select, TextArea, TextInput } from '../../components/field.tsx';
import { SpeakerFields } from '../../components/speaker-fields.tsx';
import { TickLine } from '../../components/tick-line.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { keepMatterDraft, useMatterDraft } from '../../stores/matter-draft.ts';
import { useMatters } from '../../stores/matters.ts';
import { useModels } from '../../stores/models.ts';
import { showOverlay, showScope } from '../../stores/navigation.ts';
import { useLanguageOptions } from '../../stores/usual-languages.ts';
import { MatterRetention } from './matter-retention.tsx';
import { MatterRules } from './matter-rules.tsx';
import { MatterVoices } from './matter-voices.tsx';

type Options = MatterView['options'];

/** A matter: its name, its words and people, and its recordings' start options. */
export function MatterDialog({ matterId, onClose }: { matterId: string | null; onClose: () => void }) {
  const { t } = useTranslation(['library', 'app', 'handOver']);
  const matter = useMatters(({ matters }) => matters.find(({ id }) => id === matterId));
  const [form, setForm] = useState(() => formOf(matterId, matter));
  const { name, caseNumber, vocabulary, speakers, options } = form;
  // Stored with every change: the curtain may close over a half filled form.
  const change = (changes: Partial<MatterDraft>) => {
    const next = { ...form, ...changes };
    setForm(next);
    keepMatterDraft(next);
  };
  const close = () => {
    keepMatterDraft(null);
    onClose();
  };
  const { isBusy, error, submit, clearError } = useSubmission();
  const isNamed = name.trim() !== '';

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!isNamed) return;
    return submit(async () => {
      const saved = await request('matters.save', {
        id: matterId,
        name: name.trim(),
        caseNumber: caseNumber.trim(),
        vocabulary: linesOf(vocabulary),
        speakers: linesOf(speakers),
        options,
      });
      if (matterId === null) showScope({ kind: 'matter', id: saved.id });
      close();
    });
  };

  return (
    <Dialog
      title={matter === undefined ? t('app:newMatter') : t('app:editMatter', { name: matter.name })}
      description={t('matterText')}
      onClose={close}
      width="wide"
    >
      <form onSubmit={save} className="flex flex-col gap-4">
        <div className="grid items-end gap-4 sm:grid-cols-[2fr_1fr]">
          <Field label={t('matterName')}>
            {(ids) => (
              <TextInput
                {...ids}
                autoFocus
                maxLength={200}
                value={name}
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('matterCaseNumber')}>
            {(ids) => (
              <TextInput
                {...ids}
                maxLength={200}
                value={caseNumber}
                onChange={(event) => change({ caseNumber: event.target.value })}
              />
            )}
          </Field>
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('matterVocabulary')} hint={t('matterVocabularyHint')}>
            {(ids) => (
              <TextArea
                {...ids}
                value={vocabulary}
                onChange={(event) => change({ vocabulary: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('matterSpeakers')} hint={t('matterSpeakersHint')}>
            {(ids) => (
              <TextArea
                {...ids}
                value={speakers}
                onChange={(event) => change({ speakers: event.target.value })}
              />
            )}
          </Field>
        </div>
        <OptionFields options={options} onChange={(chosen) => change({ options: chosen })} />
        {matterId !== null && <MatterRules matterId={matterId} />}
        {matterId !== null && <MatterRetention matterId={matterId} />}
        {matterId !== null && <MatterVoices matterId={matterId} />}
        {error && (
          <div role="alert">
            <ErrorNotice error={error} onClose={clearError} />
          </div>
        )}
        <DialogActions>
          {matterId === null ? (
            <Button
              look="plain"
              className="mr-auto"
              onClick={() => {
                keepMatterDraft(null);
                showOverlay({ kind: 'receiveMatter' });
              }}
            >
              <FolderInput aria-hidden size="1rem" />
              {t('handOver:openReceive')}
            </Button>
          ) : (
            <div className="mr-auto flex flex-wrap gap-1">
              <Button
                look="plain"
                className="text-danger!"
                onClick={() => {
                  keepMatterDraft(null);
                  showOverlay({ kind: 'deleteMatter', id: matterId });
                }}
              >
                <Trash2 aria-hidden size="1rem" />
                {t('deleteMatter')}
              </Button>
              <Button
                look="plain"
                onClick={() => {
                  keepMatterDraft(null);
                  showOverlay({ kind: 'handOver', matterId });
                }}
              >
                <FolderOutput aria-hidden size="1rem" />
                {t('handOver:open')}
              </Button>
            </div>
          )}
          <Button onClick={close}>{t('app:cancel')}</Button>
          <Button type="submit" look="primary" disabled={!isNamed || isBusy}>
            {t('app:save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** The half filled form as stored, or the matter's values. */
function formOf(id: string | null, matter: MatterView | undefined): MatterDraft {
  const { draft } = useMatterDraft.getState();
  if (draft !== null && draft.id === id) return draft;
  return {
    id,
    name: matter?.name ?? '',
    caseNumber: matter?.caseNumber ?? '',
    vocabulary: matter?.vocabulary.join('\n') ?? '',
    speakers: matter?.speakers.join('\n') ?? '',
    options: matter?.options ?? {},
  };
}

const USUAL = '';

function OptionFields({ options, onChange }: { options: Options; onChange: (options: Options) => void }) {
  const { t } = useTranslation('library');
  const userLanguage = useLanguage();
  const languages = useLanguageOptions(userLanguage);
  const models = useModels((store) => store.models).filter(({ installed }) => installed);
  return (
    <fieldset className="flex flex-col gap-4 rounded-lg border border-line p-4">
      <legend className="px-1 text-sm font-medium">{t('matterOptions')}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('language')}>
          {(ids) => (
            <Select
              {...ids}
              value={options.language ?? 'auto'}
              onChoose={(language) => onChange({ ...options, language })}
              options={[
                { value: 'auto', label: t('automatic') },
                { value: 'mixed', label: t('languageMixed') },
                ...languages,
              ]}
            />
          )}
        </Field>
        <Field label={t('model')}>
          {(ids) => (
            <Select
              {...ids}
              value={options.model ?? USUAL}
              onChoose={(model) => onChange({ ...options, model: model === USUAL ? null : model })}
              options={[
                { value: USUAL, label: t('modelUsual') },
                ...models.map((model) => ({ value: model.name, label: model.name })),
              ]}
            />
          )}
        </Field>
      </div>
      <SpeakerFields
        options={{ speakers: options.speakers ?? 'auto', speakerCount: options.speakerCount ?? null }}
        onChange={(speakers) => onChange({ ...options, ...speakers })}
      />
      <div className="flex flex-wrap gap-x-8 gap-y-3">
        <TickLine
          label={t('translate')}
          checked={options.translate ?? false}
          onChange={(translate) => onChange({ ...options, translate })}
        />
        <TickLine
          label={t('keepSilence')}
          checked={options.keepSilence ?? false}
          onChange={(keepSilence) => onChange({ ...options, keepSilence })}
        />
      </div>
    </fieldset>
  );
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
