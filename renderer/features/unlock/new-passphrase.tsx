import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PassphraseField } from '../../components/passphrase-field.tsx';

/** A new passphrase as typed, twice. */
export interface NewPassphraseValue {
  readonly first: string;
  readonly second: string;
}

/** Both fields of a new passphrase, with the strength of the first. */
export function NewPassphrase({
  value,
  onChange,
  autoFocus = false,
}: {
  value: NewPassphraseValue;
  onChange: (value: NewPassphraseValue) => void;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation('unlock');
  const first = useRef<HTMLInputElement>(null);
  return (
    <>
      <PassphraseField
        ref={first}
        label={t('newPassphrase')}
        value={value.first}
        onChange={(text) => onChange({ ...value, first: text })}
        isNew
        showStrength
        autoFocus={autoFocus}
      />
      <PassphraseField
        label={t('repeatPassphrase')}
        value={value.second}
        onChange={(text) => onChange({ ...value, second: text })}
        isNew
      />
    </>
  );
}
