import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelView } from '../../../src/contract/views.ts';
import { formatBytes, roughDuration } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { takeModels, useModels } from '../../stores/models.ts';
import { attempt } from '../../stores/toasts.ts';
import { AdvicePanel, ChooseButton, useModelAdvice } from './model-advice.tsx';
import { BestMark, ModelRow } from './model-row.tsx';

/** The speech models on this machine, how to add another, and the known ones. */
export function ModelsScreen() {
  const { t } = useTranslation(['models', 'app']);
  const { loaded, models, copying } = useModels();
  const advice = useModelAdvice();
  const [removing, setRemoving] = useState<ModelView | null>(null);
  if (!loaded) return null;
  const installed = models.filter((model) => model.installed);
  const others = models.filter((model) => !model.installed);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-3xl px-6 py-6">
        <h1 className="text-xl font-semibold">{t('title')}</h1>
        <p className="mt-1 max-w-[65ch] text-ink-soft">{t('intro')}</p>

        <h2 className="mt-5 font-semibold">{t('installed')}</h2>
        <ul className="mt-2 divide-y divide-line rounded-lg border border-line bg-surface">
          {installed.map((model) => (
            <ModelRow
              key={model.sha256}
              model={model}
              memoryBytes={advice?.machine.memoryBytes ?? null}
              onRemove={() => setRemoving(model)}
            />
          ))}
        </ul>
        {copying && <Copying name={copying.name} share={copying.share} />}
        {(advice === null || advice.verdict === 'here') && (
          <div className="mt-3">
            <ChooseButton />
          </div>
        )}
        {advice !== null && <AdvicePanel advice={advice} />}

        {others.length > 0 && <KnownModels models={others} />}
      </div>
      {removing && <RemoveDialog model={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}

function Copying({ name, share }: { name: string; share: number }) {
  const { t } = useTranslation('models');
  return (
    <div className="mt-3 text-sm">
      <p role="status">{t('copying', { name })}</p>
      <progress aria-label={t('copying', { name })} value={share} className="mt-1 w-full accent-accent" />
    </div>
  );
}

/** The official models, for users who choose which file to add. */
function KnownModels({ models }: { models: readonly ModelView[] }) {
  const { t } = useTranslation('models');
  const language = useLanguage();
  return (
    <details className="mt-6">
      <summary className="w-fit text-sm font-medium">{t('known')}</summary>
      <p className="mt-1 max-w-[65ch] text-sm text-ink-soft">{t('knownText')}</p>
      <ul className="mt-3 grid gap-x-8 gap-y-1 text-sm ">
        {models.map((model) => (
          <li key={model.sha256} className="flex justify-between gap-3">
            <span className="flex min-w-0 items-center gap-2">
              <Truncated text={`ggml-${model.name}.bin`} className="font-mono select-text" />
              {model.isRecommended && <BestMark />}
            </span>
            <span className="shrink-0 text-ink-soft figures">
              {formatBytes(model.sizeBytes, language)}
              {model.here.expectedHourMs !== null &&
                ` · ${t('expected', { time: roughDuration(model.here.expectedHourMs) })}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function RemoveDialog({ model, onClose }: { model: ModelView; onClose: () => void }) {
  const { t } = useTranslation(['models', 'app']);
  const remove = () => {
    onClose();
    attempt(async () => takeModels(await request('models.remove', { name: model.name })));
  };
  return (
    <Dialog title={t('removeTitle', { name: model.name })} description={t('removeText')} onClose={onClose}>
      <DialogActions>
        <Button onClick={onClose}>{t('app:cancel')}</Button>
        <Button look="danger" onClick={remove}>
          {t('remove')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
