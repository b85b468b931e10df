import { useTranslation } from 'react-i18next';
import { wholeDay } from '../lib/format.ts';
import { endAfterMonths, KEEPING_MONTHS } from '../lib/voice-expiry.ts';
import { Field, Select } from './field.tsx';
import { useLanguage } from './window-facts.ts';

const WITH_THE_MATTER = 'matter';

/** Until when a voice is kept: the usual times, and the present one if it is another. */
export function VoiceExpiryField({
  label,
  expiresAtMs,
  fromMs,
  onChange,
}: {
  label: string;
  /** Milliseconds since 1970; null: as long as its matter is there. */
  expiresAtMs: number | null;
  /** What the usual times are counted from. */
  fromMs: number;
  onChange: (expiresAtMs: number | null) => void;
}) {
  const { t } = useTranslation('voices');
  const language = useLanguage();
  // The last day on which it is kept, and not the midnight after it.
  const dayOf = (endMs: number) => wholeDay(endMs - 1, language);
  const usual = KEEPING_MONTHS.map((months) => {
    if (months === null) return { endMs: null, label: t('untilMatter') };
    const endMs = endAfterMonths(fromMs, months);
    const [count, key] =
      months % 12 === 0 ? [months / 12, 'untilInYears' as const] : [months, 'untilInMonths' as const];
    return { endMs, label: t(key, { count, day: dayOf(endMs) }) };
  });
  const isUsual = usual.some(({ endMs }) => endMs === expiresAtMs);
  const all = isUsual
    ? usual
    : [{ endMs: expiresAtMs, label: t('untilDay', { day: dayOf(expiresAtMs ?? 0) }) }, ...usual];
  return (
    <Field label={label}>
      {(ids) => (
        <Select
          {...ids}
          value={String(expiresAtMs ?? WITH_THE_MATTER)}
          onChoose={(value) => onChange(value === WITH_THE_MATTER ? null : Number(value))}
          options={all.map((one) => ({ value: String(one.endMs ?? WITH_THE_MATTER), label: one.label }))}
        />
      )}
    </Field>
  );
}
