import { useTranslation } from 'react-i18next';
import { FormatChoice, type SrtEncoding } from '../../../src/contract/format-options.ts';
import { Field, Select } from '../../components/field.tsx';
import { TickLine } from '../../components/tick-line.tsx';

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
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">{t('srtFile')}</legend>
      <TickLine
        label={t('srtByteOrderMark')}
        checked={encoding.byteOrderMark}
        onChange={(byteOrderMark) => onChange({ ...encoding, byteOrderMark })}
      />
      <TickLine
        label={t('srtCrlf')}
        checked={encoding.crlf}
        onChange={(crlf) => onChange({ ...encoding, crlf })}
      />
    </fieldset>
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
