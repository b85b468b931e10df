import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../src/contract/errors.ts';
import { newPassphraseProblem } from '../../src/contract/passphrase.ts';
import { PassphraseField } from './passphrase-field.tsx';

/** A new passphrase while it is typed, twice. */
export interface TypedPassphrase {
  readonly first: string;
  readonly second: string;
  readonly change: (typed: { first: string; second: string }) => void;
  /** Why it cannot be taken; null if it can. */
  readonly problem: AppError | null;
}

/** A new passphrase to be typed with `NewPassphrase`. */
export function useNewPassphrase(): TypedPassphrase {
  const [{ first, second }, change] = useState({ first: '', second: '' });
  return { first, second, change, problem: newPassphraseProblem(first, second) };
}

/** Both fields of a new passphrase, with the strength of the first. */
export function NewPassphrase({
  typed: { first, second, change },
  label,
  autoFocus = false,
}: {
  typed: TypedPassphrase;
  /** What it is a passphrase of; the vault's without it. */
  label?: string;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation('unlock');
  return (
    <>
      <PassphraseField
        label={label ?? t('newPassphrase')}
        value={first}
        onChange={(text) => change({ first: text, second })}
        isNew
        showStrength
        autoFocus={autoFocus}
      />
      <PassphraseField
        label={t('repeatPassphrase')}
        value={second}
        onChange={(text) => change({ first, second: text })}
        isNew
      />
    </>
  );
}
