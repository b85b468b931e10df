import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FormatChoice, type SrtEncoding } from '../../../src/contract/format-options.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Field, Select } from '../../components/field.tsx';

/** Options of SRT files. */
export function SrtFields({
  encoding,
  onChange,
}: {
  encoding: SrtEncoding;
  onChange: (encoding: SrtEncoding) => void;
}) {
  const { t } = useTranslation('exporting');
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t('srtFile')}</legend>
      <SrtField
        label={t('srtByteOrderMark')}
        isWanted={encoding.byteOrderMark}
        onChange={(byteOrderMark) => onChange({ ...encoding, byteOrderMark })}
      />
      <SrtField
        label={t('srtCrlf')}
        isWanted={encoding.crlf}
        onChange={(crlf) => onChange({ ...encoding, crlf })}
      />
    </fieldset>
  );
}

function SrtField({
  label,
  isWanted,
  onChange,
}: {
  label: string;
  isWanted: boolean;
  onChange: (isWanted: boolean) => void;
}) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex items-start gap-2.5 py-1 text-sm">
      <span className="pt-px">
        <Checkbox id={id} checked={isWanted} onCheckedChange={(wanted) => onChange(wanted === true)} />
      </span>
      {label}
    </label>
  );
}

/** The cell separator of a table. */
export function CsvField({
  delimiter,
  onChange,
}: {
  delimiter: FormatChoice['csvDelimiter'];
  onChange: (delimiter: FormatChoice['csvDelimiter']) => void;
}) {
  const { t } = useTranslation('exporting');
  const options = FormatChoice.shape.csvDelimiter.options.map((value) => ({
    value,
    label: t(`delimiter_${value}`),
  }));
  return (
    <Field label={t('csvDelimiter')} hint={t('aboutCsvDelimiter')}>
      {(ids) => <Select {...ids} options={options} value={delimiter} onChoose={onChange} />}
    </Field>
  );
}
