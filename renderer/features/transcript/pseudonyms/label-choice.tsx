import { useTranslation } from 'react-i18next';
import type { Pseudonym, PseudonymKind, SavedPseudonym } from '../../../../src/contract/pseudonyms.ts';
import { Select } from '../../../components/field.tsx';

/** Whether words get a label of their own, or one that is in the key. */
export function LabelChoice({
  text,
  known,
  value,
  onChoose,
}: {
  text: string;
  known: readonly Pseudonym[];
  /** The id of a line of the key; empty for a new one. */
  value: string;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation('pseudonyms');
  if (known.length === 0) return null;
  const lines = known.map(({ id, label, forms }) => ({ value: id, label: `${label} ${forms[0] ?? ''}` }));
  return (
    <Select
      aria-label={t('sameAs', { text })}
      className="max-w-44"
      value={value}
      onChoose={onChoose}
      options={[{ value: '', label: t('newLabel') }, ...lines]}
    />
  );
}

/** The line of the key that is saved for words: a new one, or one of the key with these words, too. */
export function lineFor(
  forms: readonly string[],
  kind: PseudonymKind,
  known: readonly Pseudonym[],
  sameAs: string,
): SavedPseudonym {
  const line = known.find(({ id }) => id === sameAs);
  return line === undefined
    ? { id: null, label: null, kind, forms: [...forms] }
    : { id: line.id, label: line.label, kind: line.kind, forms: [...line.forms, ...forms] };
}
