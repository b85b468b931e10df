import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AppError, isAppError } from '../../src/contract/errors.ts';
import { Field, TextInput } from './field.tsx';

/** Two requested groups of a recovery key, and what has been typed of them. */
export interface TypedGroups {
  /** Indexes of the groups in the key, from 0. */
  readonly indices: readonly number[];
  readonly texts: readonly string[];
  readonly setTexts: (texts: readonly string[]) => void;
  /** In the main process's format. */
  readonly groups: { index: number; text: string }[];
}

/** Asks for two random groups of a key with this many. */
export function useTypedGroups(count: number): TypedGroups {
  const [indices] = useState(() => twoOf(count));
  const [texts, setTexts] = useState<readonly string[]>(['', '']);
  return {
    indices,
    texts,
    setTexts,
    groups: indices.map((index, i) => ({ index, text: texts[i] ?? '' })),
  };
}

/** The fields for both groups; the wrong one is marked. */
export function TypedGroupFields({
  typed: { indices, texts, setTexts },
  error,
}: {
  typed: TypedGroups;
  error: AppError | null;
}) {
  const { t } = useTranslation('unlock');
  const mistyped = mistypedIndex(error);
  return (
    <div className="grid grid-cols-2 gap-4">
      {indices.map((index, i) => (
        <Field key={index} label={t('keyGroup', { number: index + 1 })}>
          {(ids) => (
            <TextInput
              {...ids}
              autoFocus={i === 0}
              value={texts[i]}
              maxLength={12}
              spellCheck={false}
              aria-invalid={mistyped === index || undefined}
              onChange={(event) => setTexts(texts.map((text, at) => (at === i ? event.target.value : text)))}
              className="min-h-11 font-mono text-lg tracking-widest uppercase"
            />
          )}
        </Field>
      ))}
    </div>
  );
}

/** Moves the caret to the wrong group. */
export function focusMistyped(
  form: RefObject<HTMLFormElement | null>,
  { indices }: TypedGroups,
  error: AppError | null,
): void {
  const inputs = form.current?.querySelectorAll('input') ?? [];
  const mistyped = mistypedIndex(error);
  const wrong = inputs[mistyped === null ? 0 : Math.max(0, indices.indexOf(mistyped))];
  wrong?.focus();
  wrong?.select();
}

function mistypedIndex(error: AppError | null): number | null {
  return isAppError(error, 'vault.recoveryKeyMistyped') ? error.details.group - 1 : null;
}

/** Two different random indexes in the key, in order. */
function twoOf(count: number): number[] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2));
  const first = a % count;
  const second = (first + 1 + (b % (count - 1))) % count;
  return [first, second].sort((x, y) => x - y);
}
