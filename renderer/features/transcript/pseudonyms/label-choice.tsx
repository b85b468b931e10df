import { useTranslation } from 'react-i18next';
import {
  PSEUDONYM_KINDS,
  type Pseudonym,
  type PseudonymKind,
  type SavedPseudonym,
} from '../../../../src/contract/pseudonyms.ts';
import { Select } from '../../../components/field.tsx';

/** What words are, and whether they get a label of their own or one that is in the key. */
export function LabelChoice({
  text,
  kind,
  onKind,
  known,
  value,
  onChoose,
}: {
  text: string;
  kind: PseudonymKind;
  onKind: (kind: PseudonymKind) => void;
  known: readonly Pseudonym[];
  /** The id of a line of the key; empty for a new one. */
  value: string;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation('pseudonyms');
  const lines = known.map(({ id, label, forms }) => ({ value: id, label: `${label} ${forms[0] ?? ''}` }));
  return (
    <>
      <Select
        aria-label={t('kind', { text })}
        value={kind}
        onChoose={onKind}
        options={PSEUDONYM_KINDS.map((one) => ({ value: one, label: t(one) }))}
      />
      {known.length > 0 && (
        <Select
          aria-label={t('sameAs', { text })}
          className="max-w-44"
          value={value}
          onChoose={onChoose}
          options={[{ value: '', label: t('newLabel') }, ...lines]}
        />
      )}
    </>
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
