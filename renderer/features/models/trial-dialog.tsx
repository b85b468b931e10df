import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_TRIED_MODELS, modelsToTry } from '../../../src/contract/models.ts';
import type { ModelView, RecordingView } from '../../../src/contract/views.ts';
import { roughDuration } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { lastChoiceOf } from '../../stores/imports.ts';
import { useLibrary } from '../../stores/library.ts';
import { clearModelTrial, takeModelTrial, useModelTrial } from '../../stores/model-trial.ts';
import { useModels } from '../../stores/models.ts';
import { attempt, say } from '../../stores/toasts.ts';
import { TriedTexts } from './tried-texts.tsx';

/** The part of an hour that is tried. */
const TRIED_SHARE = 2 / 60;

/** So many models are ticked at first. */
const FIRST_WANTED = 2;

/** Two minutes of a recording, transcribed with several models side by side, from which one may be chosen. */
export function TrialDialog({ recordingId, onClose }: { recordingId: string; onClose: () => void }) {
  const recording = useLibrary(({ recordings }) => recordings.get(recordingId));
  useEffect(() => {
    // One that was stopped may have told its end only now.
    clearModelTrial();
    // What runs for a closed dialog would only hold up the queue.
    return () => void request('models.stopTrial').catch(() => undefined);
  }, []);
  return recording === undefined ? null : <Trial recording={recording} onClose={onClose} />;
}

function Trial({ recording, onClose }: { recording: RecordingView; onClose: () => void }) {
  const { t } = useTranslation('trial');
  const trial = useModelTrial((store) => (store.trial?.recordingId === recording.id ? store.trial : null));
  const { isBusy, error, submit, clearError } = useSubmission();
  const models = useUsableModels();
  const choice = lastChoiceOf(recording);
  const [wanted, setWanted] = useState<readonly string[]>(() =>
    modelsToTry(models, choice)
      .slice(0, FIRST_WANTED)
      .map(({ name }) => name),
  );
  const begin = () =>
    submit(async () => {
      clearModelTrial();
      takeModelTrial(await request('models.try', { recordingId: recording.id, models: [...wanted], choice }));
    });
  const use = (model: string) => {
    onClose();
    attempt(async () => {
      await request('jobs.start', { recordingId: recording.id, choice: { ...choice, model } });
      say(t('chosen', { name: recording.name, model }));
    });
  };
  const isShown = trial !== null;
  return (
    <Dialog
      title={t('title', { name: recording.name })}
      {...(isShown ? {} : { description: t('text') })}
      width="broad"
      onClose={onClose}
      actions={
        <div className="flex flex-wrap justify-end gap-2">
          {isBusy ? (
            <Button onClick={() => attempt(() => request('models.stopTrial'))}>{t('stop')}</Button>
          ) : isShown ? (
            <Button onClick={clearModelTrial}>{t('again')}</Button>
          ) : (
            <Button look="primary" disabled={wanted.length === 0} onClick={begin}>
              {t('begin')}
            </Button>
          )}
        </div>
      }
    >
      {error && (
        <div role="alert" className="mb-4">
          <ErrorNotice error={error} remedies={{ close: onClose, retry: begin }} onClose={clearError} />
        </div>
      )}
      {isShown ? (
        <TriedTexts trial={trial} onUse={use} />
      ) : isBusy ? (
        <p role="status">{t('searching')}</p>
      ) : (
        <Choice models={models} wanted={wanted} onWant={setWanted} />
      )}
    </Dialog>
  );
}

/** Which models are tried, and about how long each takes. */
function Choice({
  models,
  wanted,
  onWant,
}: {
  models: readonly ModelView[];
  wanted: readonly string[];
  onWant: (names: readonly string[]) => void;
}) {
  const { t } = useTranslation('trial');
  const id = useId();
  const isFull = wanted.length >= MOST_TRIED_MODELS;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-sm font-medium">{t('models')}</legend>
      {models.map(({ name, here }) => {
        const isWanted = wanted.includes(name);
        const hourMs = here.speed?.hourMs ?? here.expectedHourMs;
        return (
          <label key={name} htmlFor={`${id}${name}`} className="flex min-h-8 items-center gap-2.5 text-sm">
            <Checkbox
              id={`${id}${name}`}
              checked={isWanted}
              disabled={!isWanted && isFull}
              onCheckedChange={() =>
                onWant(isWanted ? wanted.filter((one) => one !== name) : [...wanted, name])
              }
            />
            <span className="min-w-0 wrap-anywhere">{name}</span>
            {hourMs !== null && (
              <span className="text-ink-soft">
                {t('about', { time: roughDuration(hourMs * TRIED_SHARE) })}
              </span>
            )}
          </label>
        );
      })}
      <p className="mt-1 max-w-[65ch] text-sm text-ink-soft">
        {models.length < 2 ? t('onlyOne') : t('mostModels', { count: MOST_TRIED_MODELS })}
      </p>
    </fieldset>
  );
}

function useUsableModels(): readonly ModelView[] {
  const models = useModels((store) => store.models);
  return models.filter(({ installed, verification }) => installed && verification !== 'altered');
}
