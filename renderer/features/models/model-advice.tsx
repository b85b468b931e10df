import { ClipboardCopy, Speech } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelAdvice } from '../../../src/contract/models.ts';
import { formatBytes, roughDuration } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { chooseModelFile } from '../../stores/imports.ts';
import { useModels } from '../../stores/models.ts';
import { attempt, say } from '../../stores/toasts.ts';

/** The advice, asked anew whenever the models or their speeds change; null before it is known. */
export function useModelAdvice(): ModelAdvice | null {
  const models = useModels((store) => store.models);
  const [advice, setAdvice] = useState<ModelAdvice | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is installed and measured decides it
  useEffect(() => {
    attempt(async () => setAdvice(await request('models.advice')));
  }, [models]);
  return advice;
}

/** The one larger model that suits this computer, how it is brought, and the request for an IT department. */
export function AdvicePanel({ advice }: { advice: ModelAdvice }) {
  const { t } = useTranslation('models');
  const language = useLanguage();
  const { machine, name, verdict, isMeasured } = advice;
  const memory = formatBytes(machine.memoryBytes, language);
  return (
    <section aria-labelledby="advice" className="mt-8">
      <h2 id="advice" className="font-semibold">
        {t('adviceTitle')}
      </h2>
      <p className="mt-1 max-w-[65ch]">{t(verdict, { name })}</p>
      <p className="mt-0.5 max-w-[65ch] text-sm text-ink-soft">
        {t(isMeasured ? 'byMeasure' : 'byRule', { memory, count: machine.threads })}
      </p>
      {verdict !== 'here' && <Details advice={advice} />}
    </section>
  );
}

function Details({ advice }: { advice: ModelAdvice }) {
  const { t } = useTranslation('models');
  const language = useLanguage();
  const { file, sizeBytes, sha256, address, memory, machine, expectedHourMs } = advice;
  const need = {
    need: formatBytes(memory.needBytes, language),
    memory: formatBytes(machine.memoryBytes, language),
  };
  const facts = [
    [t('file'), file, 'font-mono'],
    [t('size'), formatBytes(sizeBytes, language), ''],
    ['SHA-256', sha256, 'font-mono'],
    [t('address'), address, 'font-mono'],
    ...(expectedHourMs === null
      ? []
      : [[t('time'), t('hourExpected', { time: roughDuration(expectedHourMs) }), '']]),
    [t('memory'), t(memory.fits ? 'needsAbout' : 'needsTooMuch', need), ''],
  ] as const;
  const copy = () =>
    attempt(async () => {
      await request('models.request', { copy: true });
      say(t('copied'));
    });
  return (
    <div className="mt-3 rounded-lg border border-line bg-surface">
      <dl className="grid gap-x-6 gap-y-1.5 px-5 py-4 text-sm @xl/page:grid-cols-[auto_minmax(0,1fr)]">
        {facts.map(([term, text, look]) => (
          <div key={term} className="contents">
            <dt className="text-ink-soft">{term}</dt>
            <dd className={`min-w-0 select-text wrap-anywhere ${look}`}>{text}</dd>
          </div>
        ))}
      </dl>
      <div className="border-t border-line px-5 py-4">
        <h3 className="font-medium">{t('bringTitle')}</h3>
        <p className="mt-0.5 max-w-[65ch] text-sm text-ink-soft">{t('bringText')}</p>
        <ol className="mt-2 list-decimal space-y-1 pl-5 text-sm">
          <li>{t('bringStep1')}</li>
          <li>{t('bringStep2')}</li>
          <li>{t('bringStep3')}</li>
        </ol>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button look="primary" onClick={copy}>
            <ClipboardCopy aria-hidden size="1rem" />
            {t('copyRequest')}
          </Button>
          <ChooseButton />
        </div>
        <RequestText key={sha256} />
      </div>
    </div>
  );
}

/** Lets the user choose a model file. */
export function ChooseButton() {
  const { t } = useTranslation('models');
  return (
    <Button onClick={() => attempt(chooseModelFile)}>
      <Speech aria-hidden size="1rem" />
      {t('choose')}
    </Button>
  );
}

/** The very text that is copied. */
function RequestText() {
  const { t } = useTranslation('models');
  const [text, setText] = useState<string | null>(null);
  const read = () => attempt(async () => setText((await request('models.request', { copy: false })).text));
  return (
    <details className="mt-3" onToggle={(event) => event.currentTarget.open && read()}>
      <summary className="w-fit text-sm font-medium">{t('readRequest')}</summary>
      {text !== null && (
        <p className="mt-2 rounded-md bg-sunken px-4 py-3 text-sm whitespace-pre-wrap select-text wrap-anywhere">
          {text}
        </p>
      )}
    </details>
  );
}
