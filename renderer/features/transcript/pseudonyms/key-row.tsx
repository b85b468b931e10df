import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PseudonymsView, SavedPseudonym } from '../../../../src/contract/pseudonyms.ts';
import { IconButton } from '../../../components/button.tsx';
import { TextInput } from '../../../components/field.tsx';

/** A line of the key: its label and what it stands for can be typed anew. */
export function KeyRow({
  line,
  onSave,
  onRemove,
}: {
  line: PseudonymsView['key'][number];
  onSave: (line: SavedPseudonym) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('pseudonyms');
  const { id, kind, count } = line;
  const [label, setLabel] = useState(line.label);
  const [means, setMeans] = useState(line.forms.join('; '));
  const save = () => {
    const forms = means
      .split(';')
      .map((form) => form.trim())
      .filter((form) => form !== '');
    const trimmed = label.trim();
    if (trimmed === '' || forms.length === 0) {
      setLabel(line.label);
      setMeans(line.forms.join('; '));
    } else if (trimmed !== line.label || forms.join('; ') !== line.forms.join('; '))
      onSave({ id, kind, label: trimmed, forms });
  };
  return (
    <li className="flex flex-wrap items-center gap-2">
      <TextInput
        aria-label={t('labelOf', { text: line.forms[0] ?? '' })}
        className="w-32!"
        maxLength={100}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
        onBlur={save}
      />
      <TextInput
        aria-label={t('standsFor', { label: line.label })}
        className="min-w-32 flex-1"
        value={means}
        onChange={(event) => setMeans(event.target.value)}
        onBlur={save}
      />
      <span className="figures text-ink-soft">{count === 0 ? t('notHere') : t('times', { count })}</span>
      <IconButton size="smallIcon" label={t('remove', { label: line.label })} onClick={onRemove}>
        <Trash2 aria-hidden size="0.9375rem" />
      </IconButton>
    </li>
  );
}
