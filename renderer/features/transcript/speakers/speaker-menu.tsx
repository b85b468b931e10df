import { Popover } from 'radix-ui';
import { type FormEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../../components/button.tsx';
import { Field, TextInput } from '../../../components/field.tsx';
import { PopoverContent } from '../../../components/popover-content.tsx';
import { SpeakerSwatch } from '../../../components/speaker-swatch.tsx';
import { classNames } from '../../../lib/class-names.ts';
import { isKeyboardFree } from '../../../lib/keyboard-places.ts';
import { currentKeys } from '../../../stores/shortcuts.ts';
import { actionFor, isHeld, speakerPlace } from '../keys/transcript-keys.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';
import type { SpeakerQuestion, SpeakerQuestions } from './speaker-questions.ts';
import { useKnownSpeakers, useSpeakerKeyLabels } from './use-key-speakers.ts';
import type { AskedOfSpeaker, WhoSpeaks } from './who-speaks.ts';

/** Asks who speaks: a known speaker, a new one here, or another name everywhere. */
export function SpeakerMenu({
  questions,
  sync,
  who,
}: {
  questions: SpeakerQuestions;
  sync: TranscriptSync;
  who: WhoSpeaks;
}) {
  const question = useStore(questions.store, (s) => s.question);
  if (question === null) return null;
  return <OpenSpeakerMenu questions={questions} sync={sync} who={who} question={question} />;
}

function OpenSpeakerMenu({
  questions,
  sync,
  who,
  question,
}: {
  questions: SpeakerQuestions;
  sync: TranscriptSync;
  who: WhoSpeaks;
  question: SpeakerQuestion;
}) {
  const { t } = useTranslation(['transcript', 'speakers']);
  const speakers = useKnownSpeakers(sync);
  const keyOf = useSpeakerKeyLabels();
  const [name, setName] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const isSplit = question.scope.kind === 'split';
  const { left, top, height } = question.place;
  const anchor = useMemo(
    () => ({ current: { getBoundingClientRect: () => new DOMRect(left, top, 0, height) } }),
    [left, top, height],
  );
  const trimmed = name.trim();
  const here = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed !== '') void questions.answer(trimmed);
  };
  const all = (asked: AskedOfSpeaker | null) => {
    questions.close(false);
    who.open(asked);
  };
  const press = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    const { keys, platform } = currentKeys();
    const action = actionFor(event.nativeEvent, keys, platform, false);
    const place = action === null || isHeld(action) ? null : speakerPlace(action);
    const speaker = place === null ? undefined : speakers[place];
    if (speaker !== undefined) {
      event.preventDefault();
      void questions.answer(speaker);
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const by = event.key === 'ArrowDown' ? 1 : -1;
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <Popover.Root open onOpenChange={(open) => !open && questions.close()}>
      <Popover.Anchor virtualRef={anchor} />
      <PopoverContent
        align="start"
        onKeyDown={press}
        onFocusOutside={(event) => {
          event.preventDefault();
          questions.close(isKeyboardFree());
        }}
        onCloseAutoFocus={(event) => event.preventDefault()}
        label={isSplit ? t('whoSpeaksFromHere') : t('whoSpeaks')}
        className="w-72 p-3"
      >
        <h2 className="mb-1.5 font-semibold">{isSplit ? t('whoSpeaksFromHere') : t('whoSpeaks')}</h2>
        <div ref={list} className="-mx-1.5 mb-2 flex flex-col">
          {speakers.map((speaker, index) => (
            <button
              key={speaker}
              type="button"
              aria-pressed={speaker === question.speaker}
              onClick={() => void questions.answer(speaker)}
              className={classNames(
                'flex min-h-8 items-center gap-2.5 rounded-md px-1.5 py-1 text-left -outline-offset-2 hover:bg-hover',
                speaker === question.speaker && 'bg-selected font-medium',
              )}
            >
              <kbd className="figures w-4 shrink-0 text-center font-sans text-ink-soft">{keyOf(index)}</kbd>
              <SpeakerSwatch place={index} />
              <span className="min-w-0 [overflow-wrap:anywhere]">{speaker}</span>
            </button>
          ))}
          {!isSplit && question.speaker !== null && (
            <button
              type="button"
              onClick={() => void questions.answer(null)}
              className="flex min-h-8 items-center gap-2.5 rounded-md px-1.5 pl-8 text-left text-ink-soft hover:bg-hover"
            >
              {t('nobodyKnown')}
            </button>
          )}
        </div>
        <form onSubmit={here} className="border-t border-line pt-2.5">
          <Field label={t('otherName')}>
            {(ids) => (
              <TextInput {...ids} value={name} maxLength={100} onChange={(e) => setName(e.target.value)} />
            )}
          </Field>
          <div className="mt-2 flex flex-wrap gap-1.5">
            <Button type="submit" size="small" look="primary" disabled={trimmed === ''}>
              {isSplit ? t('fromHereOn') : t('nameHere')}
            </Button>
            {!isSplit && question.speaker !== null && (
              <Button
                size="small"
                disabled={trimmed === '' || trimmed === question.speaker}
                onClick={() => void questions.renameEverywhere(trimmed)}
              >
                {t('renameEverywhere', { speaker: question.speaker })}
              </Button>
            )}
          </div>
        </form>
        {!isSplit && (
          <div className="mt-2.5 flex flex-wrap gap-1.5 border-t border-line pt-2.5">
            {question.speaker !== null && speakers.length > 1 && (
              <Button size="small" onClick={() => all({ speaker: question.speaker, what: 'also' })}>
                {t('speakers:alsoOf', { speaker: question.speaker })}
              </Button>
            )}
            <Button size="small" onClick={() => all(null)}>
              {t('speakers:open')}
            </Button>
          </div>
        )}
      </PopoverContent>
    </Popover.Root>
  );
}
