import { useTranslation } from 'react-i18next';
import {
  missingCharacters,
  type PassphraseStrength,
  type PassphraseWeakness,
} from '../../src/contract/passphrase.ts';
import { classNames } from '../lib/class-names.ts';
import { usePassphraseStrength } from './use-passphrase-strength.ts';

const STEPS = { hours: 1, months: 2, years: 3, centuries: 4 } as const;

const SENTENCES = {
  hours: 'strengthHours',
  months: 'strengthMonths',
  years: 'strengthYears',
  centuries: 'strengthCenturies',
} as const satisfies Record<PassphraseStrength['time'], string>;

const WEAKNESSES = {
  common: 'weaknessCommon',
  phrase: 'weaknessPhrase',
  own: 'weaknessOwn',
  word: 'weaknessWord',
  name: 'weaknessName',
  keyboard: 'weaknessKeyboard',
  repeated: 'weaknessRepeated',
  sequence: 'weaknessSequence',
  date: 'weaknessDate',
} as const satisfies Record<PassphraseWeakness, string>;

/** How long guessing would take, what makes it easy, and the limits of that estimate. */
export function PassphraseStrengthHint({ passphrase }: { passphrase: string }) {
  const { t } = useTranslation('unlock');
  const missing = missingCharacters(passphrase);
  const strength = usePassphraseStrength(passphrase, missing === 0);
  const known = missing > 0 || strength === 'unknown' ? null : strength;
  const steps = known === null ? 0 : STEPS[known.time];
  const weakness = known?.weakness ?? null;
  return (
    <>
      <div aria-hidden className="mb-1.5 grid grid-cols-4 gap-1">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={classNames(
              'h-1 rounded-full transition-colors',
              step > steps ? 'bg-line' : steps === 1 ? 'bg-danger' : 'bg-accent',
            )}
          />
        ))}
      </div>
      <p aria-live="polite" className={classNames('text-sm', steps === 1 ? 'text-danger' : 'text-ink-soft')}>
        {known !== null && t(SENTENCES[known.time])}
        {known === null && (passphrase === '' ? t('strengthEmpty') : unknownText())}
      </p>
      {(steps === 1 || steps === 2) && (
        <p className="mt-0.5 text-sm text-ink-soft">
          {weakness !== null && `${t(WEAKNESSES[weakness])} `}
          {t('strengthAdvice')}
        </p>
      )}
      {steps > 2 && <p className="mt-0.5 text-sm text-ink-soft">{t('strengthLimits')}</p>}
    </>
  );

  function unknownText(): string {
    if (missing > 0) return t('strengthMissing', { count: missing });
    return strength === 'unknown' ? t('strengthUnknown') : t('strengthJudging');
  }
}
