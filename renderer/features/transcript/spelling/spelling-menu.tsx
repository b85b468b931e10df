import { BookPlus, ChevronRight, EyeOff } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isKeyboardFree } from '../../../lib/keyboard-places.ts';
import type { SpellingQuestion, SpellingReview } from './spelling-review.ts';

const LINE =
  'flex min-h-8 items-center gap-2.5 rounded-md px-2.5 py-1 text-left text-sm outline-none hover:bg-hover focus:bg-hover [overflow-wrap:anywhere]';

/** What may be done about a misspelled word: suggestions, the vault's words, skipping it. */
export function SpellingMenu({ spelling }: { spelling: SpellingReview }) {
  const question = useStore(spelling.store, (s) => s.question);
  return question === null ? null : <OpenSpellingMenu spelling={spelling} question={question} />;
}

function OpenSpellingMenu({ spelling, question }: { spelling: SpellingReview; question: SpellingQuestion }) {
  const { t } = useTranslation('editorTools');
  const list = useRef<HTMLDivElement>(null);
  const { word, suggestions } = question;
  const { left, top, height } = question.place;
  const anchor = useMemo(
    () => ({ current: { getBoundingClientRect: () => new DOMRect(left, top, 0, height) } }),
    [left, top, height],
  );
  // The first suggestion is the likeliest wish; while they are looked up the keyboard is here already.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they have come
  useLayoutEffect(() => list.current?.querySelector('button')?.focus(), [suggestions]);
  // The word is somewhere else then.
  useEffect(() => {
    const close = () => spelling.close();
    window.addEventListener('resize', close);
    return () => window.removeEventListener('resize', close);
  }, [spelling]);
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const ends: Readonly<Record<string, number>> = { Home: 0, End: buttons.length - 1 };
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to =
      ends[event.key] ?? (by === undefined ? undefined : (at + by + buttons.length) % buttons.length);
    if (to === undefined) return;
    event.preventDefault();
    buttons[to]?.focus();
  };
  const line = (label: string, icon: ReactNode, run: () => void) => (
    <button type="button" className={LINE} onClick={run}>
      <span className="flex w-4 shrink-0 justify-center">{icon}</span>
      {label}
    </button>
  );
  return (
    <Popover.Root open onOpenChange={(open) => !open && spelling.close()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('suggestionsFor', { word })}
          onKeyDown={press}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            list.current?.querySelector('button')?.focus();
          }}
          onFocusOutside={(event) => {
            event.preventDefault();
            spelling.close(isKeyboardFree());
          }}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="appear z-50 max-h-(--radix-popover-content-available-height) min-w-56 max-w-80 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-float"
        >
          <div ref={list} className="flex flex-col">
            {suggestions?.map((suggestion) => (
              <button
                key={suggestion}
                type="button"
                className={`${LINE} font-medium`}
                onClick={() => spelling.answer(suggestion)}
              >
                {suggestion}
              </button>
            ))}
            {(suggestions === null || suggestions.length === 0) && (
              <p role="status" className="px-2.5 py-1.5 text-sm text-ink-soft">
                {suggestions === null ? t('searching') : t('noSuggestions')}
              </p>
            )}
            <hr className="mx-2 my-1 border-line" />
            {line(t('addWord'), <BookPlus aria-hidden size="0.9375rem" />, () => spelling.addWord())}
            {line(t('skipWord'), <EyeOff aria-hidden size="0.9375rem" />, () => spelling.skip())}
            {line(t('nextWord'), <ChevronRight aria-hidden size="0.9375rem" />, () => {
              spelling.close();
              spelling.next();
            })}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
