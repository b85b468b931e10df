import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProcessingQuality, qualityThreads } from '../../../src/contract/quality.ts';
import { request } from '../../lib/client.ts';
import { attempt } from '../../stores/toasts.ts';
import { useSettings } from './use-settings.ts';

/** How much of the computer transcriptions may take. */
export function QualitySettings() {
  const { t } = useTranslation('quality');
  const current = useSettings();
  const name = useId();
  const [threads, setThreads] = useState<number | null>(null);
  useEffect(() => {
    attempt(async () => setThreads((await request('models.advice')).machine.threads));
  }, []);
  if (current === null) return null;
  const { settings, change } = current;
  return (
    <>
      <p className="max-w-[65ch] text-sm text-ink-soft">{t('text')}</p>
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1.5 text-sm font-medium">{t('choice')}</legend>
        {ProcessingQuality.options.map((quality) => {
          const facts = [
            ...(threads === null
              ? []
              : [t('threads', { count: qualityThreads(quality, threads), all: threads })]),
            ...(quality === 'quiet' ? [t('lowPriority')] : []),
          ];
          return (
            <label key={quality} className="flex items-start gap-2.5 rounded-md py-1.5 text-sm">
              <input
                type="radio"
                name={name}
                checked={settings.quality === quality}
                onChange={() => change({ quality })}
                className="mt-0.5 size-4 shrink-0 accent-accent"
              />
              <span className="min-w-0">
                <span className="font-medium">{t(quality)}</span>
                <span className="block text-ink-soft">{t(`${quality}Text`)}</span>
                {facts.length > 0 && <span className="block text-ink-soft">{facts.join(', ')}</span>}
              </span>
            </label>
          );
        })}
      </fieldset>
      <p className="max-w-[65ch] text-sm text-ink-soft">{t('when')}</p>
    </>
  );
}
