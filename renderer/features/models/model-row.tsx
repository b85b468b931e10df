import { BadgeCheck, CircleHelp, Gauge, MemoryStick, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorOf } from '../../../src/contract/errors.ts';
import type { ModelView } from '../../../src/contract/views.ts';
import { describeError } from '../../../src/messages/describe-error.ts';
import { formatBytes, roughDuration } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { moment } from '../../lib/format.ts';
import { languageLabel } from '../../lib/language-options.ts';
import { takeModels } from '../../stores/models.ts';
import { attempt } from '../../stores/toasts.ts';
import { useUsualLanguages } from '../../stores/usual-languages.ts';

/** Which languages that are usual in the vault a model does not know that knows English alone. */
function UnknownLanguages() {
  const { t } = useTranslation('languages');
  const language = useLanguage();
  const foreign = useUsualLanguages(({ codes }) => codes).filter((code) => code !== 'en');
  if (foreign.length === 0) return null;
  const names = foreign.map((code) => languageLabel(code, language));
  return (
    <Fact icon={<TriangleAlert size="0.9375rem" />} className="text-warning">
      {t('unknownToModel', { languages: new Intl.ListFormat(language).format(names) })}
    </Fact>
  );
}

/** An installed model: its facts, what it needs and does on this computer, whether it is the official file, and its actions. */
export function ModelRow({
  model,
  memoryBytes,
  onRemove,
}: {
  model: ModelView;
  /** The computer's memory; null before it is known. */
  memoryBytes: number | null;
  onRemove: () => void;
}) {
  const { t } = useTranslation('models');
  const language = useLanguage();
  const { name, here } = model;
  const makeDefault = () => attempt(async () => takeModels(await request('models.makeDefault', { name })));
  const measure = () => attempt(async () => takeModels(await request('models.measure', { name })));
  const facts = [
    formatBytes(model.sizeBytes, language),
    t(model.multilingual ? 'manyLanguages' : 'englishOnly'),
  ];
  const isUsable = model.verification !== 'altered';
  return (
    <li data-model={name} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3.5">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <Truncated text={name} className="font-medium" />
          {model.isDefault && (
            <span className="shrink-0 rounded-full bg-accent-wash px-2 text-xs font-medium text-accent">
              {t('usual')}
            </span>
          )}
          {model.isRecommended && <BestMark />}
          <span className="text-sm text-ink-soft">{facts.join(' · ')}</span>
        </div>
        {isUsable && <Speed model={model} />}
        {memoryBytes !== null && isUsable && <Memory model={model} memoryBytes={memoryBytes} />}
        <Verification model={model} />
        {!model.multilingual && <UnknownLanguages />}
      </div>
      <div className="flex flex-wrap gap-1.5">
        {isUsable && here.measuring === 'no' && (
          <Button
            size="small"
            look="plain"
            aria-label={t(here.speed === null ? 'measureOf' : 'measureAgainOf', { name })}
            onClick={measure}
          >
            {t(here.speed === null ? 'measure' : 'measureAgain')}
          </Button>
        )}
        {!model.isBundled && (
          <Button size="small" look="plain" aria-label={t('removeOf', { name })} onClick={onRemove}>
            {t('remove')}
          </Button>
        )}
        {!model.isDefault && isUsable && (
          <Button size="small" aria-label={t('makeUsualOf', { name })} onClick={makeDefault}>
            {t('makeUsual')}
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

function Fact({
  icon,
  className = 'text-ink',
  children,
}: {
  icon: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <p className={`mt-1 flex items-start gap-1.5 text-sm ${className}`}>
      <span aria-hidden className="mt-0.75 shrink-0">
        {icon}
      </span>
      <span className="min-w-0">{children}</span>
    </p>
  );
}

function Speed({ model: { here } }: { model: ModelView }) {
  const { t } = useTranslation('models');
  const language = useLanguage();
  const { speed, expectedHourMs, measuring, measureFailure } = here;
  const hour =
    speed !== null
      ? t('hour', { time: roughDuration(speed.hourMs) })
      : expectedHourMs !== null
        ? t('hourExpected', { time: roughDuration(expectedHourMs) })
        : null;
  const state = {
    running: t('measuring'),
    waits: t('measureWaits'),
    no:
      speed === null
        ? t('notMeasured')
        : t('measuredOn', { date: moment(speed.measuredAtMs, Date.now(), language) }),
  }[measuring];
  return (
    <>
      <Fact icon={<Gauge size="0.9375rem" />}>
        {hour !== null && <span>{hour}</span>}
        {hour !== null && <span className="text-ink-soft"> · </span>}
        <span role={measuring === 'no' ? undefined : 'status'} className="text-ink-soft">
          {state}
        </span>
      </Fact>
      {measureFailure !== null && measuring === 'no' && (
        <Fact icon={<TriangleAlert size="0.9375rem" />} className="text-danger">
          {t('measureFailed', { what: describeError(errorOf(measureFailure), language).what })}
        </Fact>
      )}
    </>
  );
}

function Memory({ model: { here }, memoryBytes }: { model: ModelView; memoryBytes: number }) {
  const { t } = useTranslation('models');
  const language = useLanguage();
  const { needBytes, isMeasured, fits } = here.memory;
  const figures = { need: formatBytes(needBytes, language), memory: formatBytes(memoryBytes, language) };
  const key = !fits ? 'needsTooMuch' : isMeasured ? 'needs' : 'needsAbout';
  return (
    <Fact icon={<MemoryStick size="0.9375rem" />} className={fits ? 'text-ink-soft' : 'text-warning'}>
      {t(key, figures)}
    </Fact>
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
      <Fact icon={<look.icon size="0.9375rem" />} className={look.className}>
        {look.text}
      </Fact>
      <Truncated
        text={`SHA-256 ${model.sha256}`}
        className="mt-0.5 pl-5.5 font-mono text-xs text-ink-soft select-text"
      />
    </>
  );
}
