import { AudioLines, Import } from 'lucide-react';
import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react';
import { Button } from '../../../../renderer/components/button.tsx';
import { Select } from '../../../../renderer/components/field.tsx';
import { languageOptions } from '../../../../renderer/lib/language-options.ts';
import { addFiles } from '../page-actions.ts';
import { keep, kept } from '../page-memory.ts';
import { pageLanguage, usePageText } from '../page-texts.ts';

const SPOKEN = 'spoken';
/** What file dialogs offer first: recordings often have names that systems know nothing of, so everything can be chosen. */
const ACCEPTED = 'audio/*,video/*';

/** The main screen: recordings are dropped anywhere on it, or chosen, with the language that is spoken in them. */
export function DropPlace({ children }: { children: ReactNode }) {
  const t = usePageText();
  const [language, setLanguage] = useState(() => kept(SPOKEN) ?? 'auto');
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  const input = useRef<HTMLInputElement>(null);
  const languageId = useId();
  const add = (files: readonly File[]) => void addFiles(files, language);
  const choose = (wanted: string) => {
    keep(SPOKEN, wanted);
    setLanguage(wanted);
  };
  const move = (event: DragEvent, by: 1 | 0 | -1) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const drop = (event: DragEvent) => {
    move(event, -1);
    depth.current = 0;
    setOver(false);
    add([...event.dataTransfer.files]);
  };
  const options = [
    { value: 'auto', label: t('spokenAuto') },
    { value: 'mixed', label: t('spokenMixed') },
    ...languageOptions(pageLanguage()),
  ];
  return (
    <main
      className="relative mx-auto flex w-full max-w-4xl flex-1 flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8"
      onDragEnter={(event) => move(event, 1)}
      onDragOver={(event) => move(event, 0)}
      onDragLeave={(event) => move(event, -1)}
      onDrop={drop}
    >
      <section
        aria-labelledby="add"
        className="flex flex-col items-center gap-5 rounded-xl border-2 border-dashed border-line bg-surface px-6 py-7 sm:flex-row sm:gap-6 sm:px-8"
      >
        <AudioLines aria-hidden size="2.25rem" strokeWidth={1.5} className="shrink-0 text-accent" />
        <div className="min-w-0 flex-1 text-center sm:text-left">
          <h1 id="add" className="text-lg font-semibold">
            {t('addTitle')}
          </h1>
          <p className="mt-0.5 text-ink-soft">{t('addText')}</p>
        </div>
        <div className="flex w-full flex-col gap-3 sm:w-56">
          <input
            ref={input}
            type="file"
            multiple
            accept={ACCEPTED}
            tabIndex={-1}
            aria-hidden
            className="hidden"
            onChange={({ target }) => {
              add([...(target.files ?? [])]);
              target.value = '';
            }}
          />
          <Button look="primary" onClick={() => input.current?.click()}>
            {t('chooseFiles')}
          </Button>
          <div className="flex flex-col gap-1">
            <label htmlFor={languageId} className="text-sm text-ink-soft">
              {t('spoken')}
            </label>
            <Select id={languageId} options={options} value={language} onChoose={choose} />
          </div>
        </div>
      </section>
      {children}
      {isOver && (
        <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-ground/85 p-4">
          <div className="flex h-full w-full flex-col items-center justify-center rounded-2xl border-2 border-dashed border-accent px-8 text-center">
            <Import aria-hidden size="2.5rem" strokeWidth={1.5} className="text-accent" />
            <p className="mt-3 text-2xl font-semibold">{t('dropNow')}</p>
            <p className="mt-1 text-ink-soft">{t('dropNowText')}</p>
          </div>
        </div>
      )}
    </main>
  );
}
