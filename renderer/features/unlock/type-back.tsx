import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAppError } from '../../../src/contract/errors.ts';
import { Button } from '../../components/button.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { request } from '../../lib/client.ts';
import { takeAppState, useApp } from '../../stores/app.ts';
import { tellError } from '../../stores/toasts.ts';
import { FormError } from './form-error.tsx';
import { GatePage } from './gate-page.tsx';

/** Asks for two groups of the new key, so that it is certain that the user has it. */
export function TypeBack({ count, onShowAgain }: { count: number; onShowAgain: () => void }) {
  const { t } = useTranslation('unlock');
  const isFirst = useApp(({ state }) => state?.vaultExists === false);
  const form = useRef<HTMLFormElement>(null);
  const [indices] = useState(() => twoOf(count));
  const [texts, setTexts] = useState(['', '']);
  const { isBusy, error, submit, clearError } = useSubmission();
  const mistyped = isAppError(error, 'vault.recoveryKeyMistyped') ? error.details.group - 1 : null;

  const confirm = (event: FormEvent) => {
    event.preventDefault();
    return submit(async () => {
      const groups = indices.map((index, i) => ({ index, text: texts[i] ?? '' }));
      try {
        takeAppState(await request('vault.confirm', { groups }));
      } catch (thrown) {
        // The vault is open, and this form gone with it: the keychain did not take its secret.
        if (useApp.getState().state?.phase !== 'open') throw thrown;
        tellError(thrown);
      }
    });
  };
  const typeAgain = () => {
    const inputs = form.current?.querySelectorAll('input') ?? [];
    const wrong = inputs[mistyped === null ? 0 : Math.max(0, indices.indexOf(mistyped))];
    wrong?.focus();
    wrong?.select();
  };

  return (
    <GatePage>
      <form ref={form} onSubmit={confirm} className="flex flex-col gap-4">
        <div>
          <h1 className="text-2xl font-semibold">{t('keyBack')}</h1>
          <p className="mt-2 text-ink-soft">{t('keyBackWhy')}</p>
        </div>
        <div className="grid grid-cols-2 gap-4">
          {indices.map((index, i) => (
            <Field key={index} label={t('keyGroup', { number: index + 1 })}>
              {(ids) => (
                <TextInput
                  {...ids}
                  autoFocus={i === 0}
                  value={texts[i]}
                  maxLength={12}
                  spellCheck={false}
                  aria-invalid={mistyped === index || undefined}
                  onChange={(event) =>
                    setTexts(texts.map((text, at) => (at === i ? event.target.value : text)))
                  }
                  className="min-h-11 font-mono text-lg tracking-widest uppercase"
                />
              )}
            </Field>
          ))}
        </div>
        <FormError form={form} error={error} typeAgain={typeAgain} onClose={clearError} />
        <Button type="submit" look="primary" disabled={isBusy} className="min-h-11">
          {isFirst ? t('finishVault') : t('finishRecovery')}
        </Button>
        <Button look="plain" onClick={onShowAgain}>
          {t('keyShowAgain')}
        </Button>
      </form>
    </GatePage>
  );
}

/** Two different places in the key, in order, at random. */
function twoOf(count: number): number[] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2));
  const first = a % count;
  const second = (first + 1 + (b % (count - 1))) % count;
  return [first, second].sort((x, y) => x - y);
}
