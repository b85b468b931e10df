import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextInput } from '../../components/field.tsx';

/** A number within limits. What cannot be taken stays in the field with the reason, and the last good value counts. */
export function NumberField({
  label,
  value,
  limits: { least, most },
  step = 1,
  onChange,
}: {
  label: string;
  value: number;
  limits: { readonly least: number; readonly most: number };
  /** 1 for whole numbers. */
  step?: number;
  onChange: (value: number) => void;
}) {
  const { t } = useTranslation('templates');
  const id = useId();
  const [typed, setTyped] = useState(String(value));
  const isGood = (text: string) => {
    const number = Number(text.replace(',', '.'));
    const fits = text.trim() !== '' && number >= least && number <= most;
    return fits && (step !== 1 || Number.isInteger(number));
  };
  const isFaulty = !isGood(typed);
  const take = (text: string) => {
    setTyped(text);
    if (isGood(text)) onChange(Number(text.replace(',', '.')));
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <TextInput
        id={id}
        type="number"
        min={least}
        max={most}
        step={step}
        value={typed}
        aria-invalid={isFaulty}
        aria-describedby={isFaulty ? `${id}fault` : undefined}
        onChange={(event) => take(event.target.value)}
      />
      {isFaulty && (
        <p id={`${id}fault`} role="alert" className="text-sm text-danger">
          {t('outOfLimits', { least, most })}
        </p>
      )}
    </div>
  );
}
