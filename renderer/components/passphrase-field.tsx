import { ArrowBigUp, Eye, EyeOff } from 'lucide-react';
import { type KeyboardEvent, type Ref, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../lib/class-names.ts';
import { IconButton } from './button.tsx';
import { TextInput } from './field.tsx';
import { PassphraseStrengthHint } from './passphrase-strength-hint.tsx';

/** A passphrase field: hidden unless revealed, with a note when Caps Lock is on. */
export function PassphraseField({
  label,
  value,
  onChange,
  isNew = false,
  showStrength = false,
  autoFocus = false,
  ref,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isNew?: boolean;
  showStrength?: boolean;
  autoFocus?: boolean;
  ref?: Ref<HTMLInputElement>;
}) {
  const { t } = useTranslation('unlock');
  const id = useId();
  const [isShown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const noteCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <TextInput
          id={id}
          ref={ref}
          type={isShown ? 'text' : 'password'}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={noteCapsLock}
          onKeyUp={noteCapsLock}
          aria-describedby={`${id}caps ${id}strength`}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          autoCapitalize="off"
          spellCheck={false}
          autoFocus={autoFocus}
          className="min-h-11 pr-11"
        />
        <IconButton
          label={isShown ? t('hidePassphrase') : t('showPassphrase')}
          className="absolute top-1.5 right-1.5"
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? <EyeOff aria-hidden size="1.125rem" /> : <Eye aria-hidden size="1.125rem" />}
        </IconButton>
      </div>
      <p
        id={`${id}caps`}
        aria-live="polite"
        className={classNames('text-sm text-warning', !capsLock && 'sr-only')}
      >
        {capsLock && (
          <span className="inline-flex items-center gap-1.5">
            <ArrowBigUp aria-hidden size="1rem" />
            {t('capsLock')}
          </span>
        )}
      </p>
      {showStrength && (
        <div id={`${id}strength`}>
          <PassphraseStrengthHint passphrase={value} />
        </div>
      )}
    </div>
  );
}
