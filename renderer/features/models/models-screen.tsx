import { Speech, Usb } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelView } from '../../../src/contract/views.ts';
import { formatBytes } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { chooseModelFile } from '../../stores/imports.ts';
import { takeModels, useModels } from '../../stores/models.ts';
import { attempt } from '../../stores/toasts.ts';
import { BestMark, ModelRow } from './model-row.tsx';

/** The speech models on this machine, how to add another, and the known ones. */
export function ModelsScreen() {
  const { t } = useTranslation(['models', 'app']);
  const { loaded, models, copying } = useModels();
  const [removing, setRemoving] = useState<ModelView | null>(null);
  if (!loaded) return null;
  const installed = models.filter((model) => model.installed);
  const others = models.filter((model) => !model.installed);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-3xl px-6 py-6">
        <h1 className="text-xl font-semibold">{t('title')}</h1>
        <p className="mt-1 max-w-[65ch] text-ink-soft">{t('intro')}</p>

        <ul className="mt-5 divide-y divide-line rounded-lg border border-line bg-surface">
          {installed.map((model) => (
            <ModelRow key={model.sha256} model={model} onRemove={() => setRemoving(model)} />
          ))}
        </ul>
        <BestNote models={models} />
        {copying && <Copying name={copying.name} share={copying.share} />}

        <section aria-labelledby="bring" className="mt-6 flex gap-4 rounded-lg bg-sunken p-5">
          <Usb aria-hidden size="1.5rem" strokeWidth={1.5} className="mt-0.5 shrink-0 text-accent" />
          <div className="min-w-0">
            <h2 id="bring" className="font-semibold">
              {t('bringTitle')}
            </h2>
            <p className="mt-1 text-ink-soft">{t('bringText')}</p>
            <Button look="primary" className="mt-3" onClick={() => attempt(chooseModelFile)}>
              <Speech aria-hidden size="1rem" />
              {t('choose')}
            </Button>
          </div>
        </section>

        {others.length > 0 && <KnownModels models={others} />}
      </div>
      {removing && <RemoveDialog model={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}

/** The official model that suits this machine best, with the consequences. */
function BestNote({ models }: { models: readonly ModelView[] }) {
  const { t } = useTranslation('models');
  const language = useLanguage();
  const best = models.find((model) => model.isRecommended);
  if (best === undefined) return null;
  const { name, sizeBytes, installed, isBundled, isDefault } = best;
  const note = () => {
    if (!installed) return t('bestToBring', { name, size: formatBytes(sizeBytes, language) });
    if (isBundled) return t('bestHere', { name });
    return isDefault ? null : t('bestToUse', { name });
  };
  const text = note();
  return text === null ? null : <p className="mt-3 max-w-[65ch] text-sm text-ink-soft">{text}</p>;
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
      <ul className="mt-3 grid gap-x-8 gap-y-1 text-sm @xl/page:grid-cols-2">
        {models.map((model) => (
          <li key={model.sha256} className="flex justify-between gap-3">
            <span className="flex min-w-0 items-center gap-2">
              <Truncated text={`ggml-${model.name}.bin`} className="font-mono select-text" />
              {model.isRecommended && <BestMark />}
            </span>
            <span className="shrink-0 text-ink-soft figures">{formatBytes(model.sizeBytes, language)}</span>
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
