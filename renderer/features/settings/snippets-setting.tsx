import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_SNIPPETS, Snippet } from '../../../src/contract/editor-tools.ts';
import { snippetAction } from '../../../src/contract/shortcuts.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { TextInput } from '../../components/field.tsx';
import { usePlatform } from '../../components/window-facts.ts';
import { shortcutLabel } from '../../lib/shortcuts.ts';
import { useShortcutKeys } from '../../stores/shortcuts.ts';
import { keepSnippets, snippetsOf, useSnippets } from '../../stores/snippets.ts';
import { attempt } from '../../stores/toasts.ts';
import { ShortcutDialog } from './shortcut-dialog.tsx';

/** The texts that keys insert: each with its name for typing and its keys. */
export function SnippetsSetting() {
  const { t } = useTranslation('editorTools');
  const snippets = snippetsOf(useSnippets());
  const [changing, setChanging] = useState<number | null>(null);
  const [added, setAdded] = useState<number | null>(null);
  const keep = (next: readonly Snippet[]) => attempt(() => keepSnippets(next));
  const free = Array.from({ length: MOST_SNIPPETS }, (_, index) => index + 1).find(
    (place) => place !== added && snippets.every((snippet) => snippet.place !== place),
  );
  const change = (snippet: Snippet) => {
    keep(
      [...snippets.filter(({ place }) => place !== snippet.place), snippet].sort((a, b) => a.place - b.place),
    );
    setAdded(null);
  };
  const remove = (place: number) => {
    setAdded(null);
    if (place !== added) keep(snippets.filter((snippet) => snippet.place !== place));
  };
  const rows = [...snippets, ...(added === null ? [] : [{ place: added, name: '', text: '' }])];
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink-soft">{t('snippetsText')}</p>
      <p className="text-sm text-ink-soft">{t('placeholders')}</p>
      <ul className="flex flex-col gap-2">
        {rows.map((snippet) => (
          <Row
            key={snippet.place}
            snippet={snippet}
            isNew={snippet.place === added}
            others={snippets.filter(({ place }) => place !== snippet.place)}
            onChange={change}
            onKeys={() => setChanging(snippet.place)}
            onRemove={() => remove(snippet.place)}
          />
        ))}
      </ul>
      {free === undefined ? (
        <p className="text-sm text-ink-soft">{t('snippetsFull', { most: MOST_SNIPPETS })}</p>
      ) : (
        <Button className="self-start" disabled={added !== null} onClick={() => setAdded(free)}>
          {t('addSnippet')}
        </Button>
      )}
      {changing !== null && <ShortcutDialog id={snippetAction(changing)} onClose={() => setChanging(null)} />}
    </div>
  );
}

/** One snippet; what was typed is stored when its field is left, if it is valid. */
function Row({
  snippet,
  isNew,
  others,
  onChange,
  onKeys,
  onRemove,
}: {
  snippet: Snippet;
  isNew: boolean;
  others: readonly Snippet[];
  onChange: (snippet: Snippet) => void;
  onKeys: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('editorTools');
  const platform = usePlatform();
  const keys = useShortcutKeys();
  const [typed, setTyped] = useState<Partial<Pick<Snippet, 'name' | 'text'>>>({});
  const { place } = snippet;
  const now = { ...snippet, ...typed };
  const own = keys[snippetAction(place)];
  const isTaken = now.name !== '' && others.some(({ name }) => name.toLowerCase() === now.name.toLowerCase());
  const isBadName = !Snippet.shape.name.safeParse(now.name).success;
  const problem = isBadName ? t('badName') : isTaken ? t('sameName') : null;
  const store = () => {
    const parsed = Snippet.safeParse(now);
    const isChanged = now.name !== snippet.name || now.text !== snippet.text;
    if (!isChanged || !parsed.success || isTaken) return;
    onChange(parsed.data);
    setTyped({});
  };
  const problemId = `snippet${place}problem`;
  return (
    <li className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-2">
        <TextInput
          className="min-w-40 flex-1 basis-52"
          aria-label={t('snippetText', { place })}
          placeholder={t('snippetTextHead')}
          maxLength={2000}
          autoFocus={isNew}
          value={now.text}
          onChange={(event) => setTyped({ ...typed, text: event.target.value })}
          onBlur={store}
        />
        <span className="flex min-w-0 items-center gap-1">
          <span aria-hidden className="text-ink-soft">
            ;
          </span>
          <TextInput
            className="w-32!"
            aria-label={t('snippetName', { place })}
            placeholder={t('snippetNameHead')}
            maxLength={30}
            spellCheck={false}
            aria-invalid={problem !== null}
            aria-describedby={problem === null ? undefined : problemId}
            value={now.name}
            onChange={(event) => setTyped({ ...typed, name: event.target.value })}
            onBlur={store}
          />
        </span>
        <Button size="small" aria-label={t('changeKeys', { place })} onClick={onKeys}>
          {own.length === 0 ? t('noKey') : own.map((key) => shortcutLabel(key, platform)).join(', ')}
        </Button>
        <IconButton label={t('removeSnippet', { place })} size="smallIcon" onClick={onRemove}>
          <X aria-hidden size="0.9375rem" />
        </IconButton>
      </div>
      {problem !== null && (
        <p id={problemId} role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
    </li>
  );
}
