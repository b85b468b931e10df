import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LimitedInput } from './limited-input.tsx';

/** A number within limits. What cannot be taken stays in the field with the reason, and the last good value counts. */
export function NumberField({
  label,
  value,
  limits,
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
  const [typed, setTyped] = useState(String(value));
  const isGood = (text: string) => {
    const number = Number(text.replace(',', '.'));
    const fits = text.trim() !== '' && number >= limits.least && number <= limits.most;
    return fits && (step !== 1 || Number.isInteger(number));
  };
  const take = (text: string) => {
    setTyped(text);
    if (isGood(text)) onChange(Number(text.replace(',', '.')));
  };
  return (
    <LimitedInput
      label={label}
      value={typed}
      limits={limits}
      step={step}
      fault={isGood(typed) ? null : t('outOfLimits', limits)}
      onChange={take}
    />
  );
}
