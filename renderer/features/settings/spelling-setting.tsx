import { X } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../components/button.tsx';
import { Field, Select, TextInput } from '../../components/field.tsx';
import { SwitchRow } from '../../components/setting-row.tsx';
import { request } from '../../lib/client.ts';
import { changeSettings, useApp } from '../../stores/app.ts';
import { attempt, tellError } from '../../stores/toasts.ts';

/** Spelling: on or off, which English, and the vault's own words. */
export function SpellingSetting() {
  const { t } = useTranslation('editorTools');
  const settings = useApp(({ state }) => state?.settings);
  const [words, setWords] = useState<readonly string[]>([]);
  const [word, setWord] = useState('');
  const read = () =>
    request('editorTools.knownWords', { recordingId: null }).then(({ own }) => setWords(own), tellError);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => void read(), []);
  if (settings === undefined) return null;
  const add = (event: FormEvent) => {
    event.preventDefault();
    const added = word.trim();
    if (added === '') return;
    attempt(async () => {
      await request('editorTools.addWord', { word: added });
      setWord('');
      await read();
    });
  };
  const remove = (one: string) =>
    attempt(async () => {
      await request('editorTools.removeWord', { word: one });
      await read();
    });
  return (
    <div className="flex flex-col gap-4">
      <SwitchRow
        label={t('spellingOn')}
        hint={t('spellingHint')}
        checked={settings.spelling}
        onChange={(spelling) => attempt(() => changeSettings({ spelling }))}
      />
      <Field label={t('english')}>
        {(ids) => (
          <Select
            {...ids}
            className="w-auto self-start"
            value={settings.english}
            onChoose={(english) => attempt(() => changeSettings({ english }))}
            options={[
              { value: 'us', label: t('americanEnglish') },
              { value: 'gb', label: t('britishEnglish') },
            ]}
          />
        )}
      </Field>
      <section aria-labelledby="own-words" className="flex flex-col gap-2">
        <h3 id="own-words" className="text-sm font-medium">
          {t('ownWords')}
        </h3>
        <p className="text-sm text-ink-soft">{t('ownWordsText')}</p>
        {words.length === 0 ? (
          <p className="text-sm">{t('noOwnWords')}</p>
        ) : (
          <ul className="flex max-h-60 flex-wrap gap-2 overflow-y-auto">
            {words.map((one) => (
              <li
                key={one}
                className="flex items-center gap-0.5 rounded-md border border-line pl-2.5 text-sm"
              >
                <span className="[overflow-wrap:anywhere]">{one}</span>
                <IconButton
                  label={t('removeWord', { word: one })}
                  size="smallIcon"
                  onClick={() => remove(one)}
                >
                  <X aria-hidden size="0.875rem" />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        <form onSubmit={add} className="flex flex-wrap items-center gap-2">
          <TextInput
            className="w-56!"
            aria-label={t('newWord')}
            placeholder={t('newWord')}
            maxLength={100}
            spellCheck={false}
            value={word}
            onChange={(event) => setWord(event.target.value)}
          />
          <Button type="submit" size="small" disabled={word.trim() === ''}>
            {t('addNewWord')}
          </Button>
        </form>
      </section>
    </div>
  );
}
