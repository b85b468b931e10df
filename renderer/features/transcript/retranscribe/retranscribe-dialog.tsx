import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { startingChoice } from '../../../../src/contract/starting-choice.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Field, Select } from '../../../components/field.tsx';
import { SpeakerFields } from '../../../components/speaker-fields.tsx';
import { Truncated } from '../../../components/truncated.tsx';
import { useSubmission } from '../../../components/use-submission.ts';
import { useLanguage } from '../../../components/window-facts.ts';
import { request } from '../../../lib/client.ts';
import type { SpeakerOptions } from '../../../lib/speaker-choice.ts';
import { useLibrary } from '../../../stores/library.ts';
import { useModels } from '../../../stores/models.ts';
import type { RetranscribeChoice } from '../../../stores/navigation.ts';
import { useLanguageOptions } from '../../../stores/usual-languages.ts';
import { clock } from '../document/clock.ts';

/** Asks what to retranscribe, in which language and with which model. */
export function RetranscribeDialog({
  recordingId,
  choices,
  onClose,
}: {
  recordingId: string;
  /** The first one is preselected. */
  choices: readonly RetranscribeChoice[];
  onClose: () => void;
}) {
  const { t } = useTranslation(['rerun', 'library']);
  const userLanguage = useLanguage();
  const languages = useLanguageOptions(userLanguage);
  const job = useLibrary(({ recordings }) => recordings.get(recordingId)?.job ?? null);
  const models = useModels((store) => store.models).filter(({ installed }) => installed);
  const before = job?.choice ?? startingChoice(undefined);
  const usual = models.find(({ name }) => name === before.model) ?? models.find(({ isDefault }) => isDefault);
  const [index, setIndex] = useState(0);
  const [language, setLanguage] = useState(before.language);
  const [speakers, setSpeakers] = useState<SpeakerOptions>(() => ({
    speakers: before.speakers,
    speakerCount: before.speakerCount,
  }));
  const [model, setModel] = useState((usual ?? models[0])?.name ?? '');
  const { isBusy, error, submit, clearError } = useSubmission();
  const what = useId();
  const chosen = choices[index];

  const begin = (event: FormEvent) => {
    event.preventDefault();
    if (chosen === undefined) return;
    return submit(async () => {
      const choice = {
        ...before,
        language,
        model,
        keepSilence: before.keepSilence || chosen.kind === 'stretch',
      };
      const { startMs, endMs } = chosen;
      if (chosen.kind === 'whole')
        await request('jobs.start', { recordingId, choice: { ...choice, ...speakers } });
      else await request('jobs.retranscribe', { recordingId, range: { startMs, endMs }, choice });
      onClose();
    });
  };

  return (
    <Dialog title={t('title')} description={t('about')} onClose={onClose}>
      <form onSubmit={begin} className="flex flex-col gap-4">
        <fieldset className="flex min-w-0 flex-col gap-0.5">
          <legend className="mb-1.5 text-sm font-medium">{t('what')}</legend>
          {choices.map(({ kind, startMs, endMs, text }, at) => (
            <label key={`${kind} ${startMs}`} className="flex min-h-7 min-w-0 items-center gap-2.5 text-sm">
              <input
                type="radio"
                name={what}
                autoFocus={at === 0}
                checked={at === index}
                onChange={() => setIndex(at)}
                className="size-4 accent-accent"
              />
              <span className="min-w-0">
                {t(kind, { from: clock(startMs), to: clock(endMs ?? 0) })}
                {text !== undefined && <Truncated text={text} className="text-ink-soft" />}
              </span>
            </label>
          ))}
          <p aria-live="polite" className="pt-1 text-sm text-ink-soft empty:hidden">
            {chosen !== undefined && chosen.kind !== 'passage' && t(`${chosen.kind}Hint`)}
          </p>
        </fieldset>
        <div className="grid gap-4">
          <Field label={t('language')}>
            {(ids) => (
              <Select
                {...ids}
                value={language}
                onChoose={setLanguage}
                options={[
                  { value: 'auto', label: t('library:automatic') },
                  { value: 'mixed', label: t('library:languageMixed') },
                  ...languages,
                ]}
              />
            )}
          </Field>
          <Field label={t('model')}>
            {(ids) => (
              <Select
                {...ids}
                value={model}
                onChoose={setModel}
                options={models.map(({ name }) => ({ value: name, label: name }))}
              />
            )}
          </Field>
          {/* What is transcribed again within a text takes its speakers from there. */}
          {chosen?.kind === 'whole' && <SpeakerFields options={speakers} onChange={setSpeakers} />}
        </div>
        {error && (
          <div role="alert">
            <ErrorNotice error={error} onClose={clearError} />
          </div>
        )}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={isBusy}>
            {t('begin')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
