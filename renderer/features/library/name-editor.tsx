import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextInput } from '../../components/field.tsx';

/** A name edited inline. Enter or blur saves it, Escape cancels. */
export function NameEditor({
  name,
  onSave,
  onCancel,
}: {
  name: string;
  onSave: (name: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('library');
  const [text, setText] = useState(name);
  // Any end removes the focus too, and blur saves.
  const hasEnded = useRef(false);
  const end = (how: () => void) => {
    if (hasEnded.current) return;
    hasEnded.current = true;
    how();
  };
  return (
    <TextInput
      aria-label={t('newName')}
      autoFocus
      maxLength={255}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onFocus={({ target }) => target.setSelectionRange(0, nameLength(name))}
      onBlur={() => end(() => onSave(text.trim()))}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end(() => onSave(text.trim()));
        if (event.key === 'Escape') end(onCancel);
      }}
      className="min-h-7 px-1.5 py-0"
    />
  );
}

/** Length of a file name without extension. */
function nameLength(name: string): number {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? dot : name.length;
}
