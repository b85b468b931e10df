import { BadgeCheck, CircleHelp, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ModelView } from '../../../src/contract/views.ts';
import { formatBytes } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { takeModels } from '../../stores/models.ts';
import { attempt } from '../../stores/toasts.ts';

/** An installed model: its description, whether it is the official file, and its actions. */
export function ModelRow({ model, onRemove }: { model: ModelView; onRemove: () => void }) {
  const { t } = useTranslation('models');
  const language = useLanguage();
  const makeDefault = () =>
    attempt(async () => takeModels(await request('models.makeDefault', { name: model.name })));
  const facts = [
    formatBytes(model.sizeBytes, language),
    t(model.multilingual ? 'manyLanguages' : 'englishOnly'),
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <div className="flex min-w-0 items-center gap-2">
          <Truncated text={model.name} className="font-medium" />
          {model.isDefault && (
            <span className="shrink-0 rounded-full bg-accent-wash px-2 text-xs font-medium text-accent">
              {t('usual')}
            </span>
          )}
          {model.isRecommended && <BestMark />}
        </div>
        <p className="text-sm text-ink-soft">{facts.join(' · ')}</p>
        <Verification model={model} />
      </div>
      <div className="flex gap-1.5">
        {!model.isDefault && model.verification !== 'altered' && (
          <Button size="small" onClick={makeDefault}>
            {t('makeUsual')}
          </Button>
        )}
        {!model.isBundled && (
          <Button size="small" look="plain" onClick={onRemove}>
            {t('remove')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Marks the model that suits this machine best. */
export function BestMark() {
  const { t } = useTranslation('models');
  return (
    <span className="shrink-0 rounded-full border border-line px-2 text-xs text-ink-soft">{t('best')}</span>
  );
}

function Verification({ model }: { model: ModelView }) {
  const { t } = useTranslation('models');
  if (model.verification === null) return null;
  const look = {
    verified: {
      icon: BadgeCheck,
      text: model.isBundled ? t('bundled') : t('verified'),
      className: 'text-accent',
    },
    notInCatalogue: { icon: CircleHelp, text: t('notInCatalogue'), className: 'text-ink-soft' },
    altered: { icon: TriangleAlert, text: t('altered'), className: 'text-danger' },
  }[model.verification];
  return (
    <>
      <p className={`mt-0.5 flex items-center gap-1.5 text-sm ${look.className}`}>
        <look.icon aria-hidden size="0.9375rem" className="shrink-0" />
        {look.text}
      </p>
      <Truncated text={`SHA-256 ${model.sha256}`} className="font-mono text-xs text-ink-soft select-text" />
    </>
  );
}
