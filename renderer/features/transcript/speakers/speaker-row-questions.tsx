import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/button.tsx';
import { Field, TextInput } from '../../../components/field.tsx';

/** Asks for a speaker's name everywhere. */
export function NameQuestion({
  speaker,
  onName,
  onCancel,
}: {
  /** Null for passages of nobody known. */
  speaker: string | null;
  onName: (name: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('speakers');
  const [name, setName] = useState(speaker ?? '');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const trimmed = name.trim();
  const take = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed === speaker) onCancel();
    else if (trimmed !== '') onName(trimmed);
  };
  return (
    <form onSubmit={take} onKeyDown={cancelling(onCancel)} className="mt-2">
      <Field label={t('newName', { speaker: speaker ?? t('nobody') })}>
        {(ids) => (
          <TextInput
            {...ids}
            ref={field}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Answers onCancel={onCancel}>
        <Button type="submit" size="small" look="primary" disabled={trimmed === ''}>
          {t('useName')}
        </Button>
      </Answers>
    </form>
  );
}

/** Asks which other speaker is the same person. */
export function AlsoQuestion({
  speaker,
  others,
  onChoose,
  onCancel,
}: {
  speaker: string;
  others: readonly string[];
  onChoose: (other: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('speakers');
  const question = useId();
  const list = useRef<HTMLFieldSetElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  return (
    <fieldset ref={list} aria-labelledby={question} onKeyDown={cancelling(onCancel)} className="mt-2">
      <p id={question} className="mb-1.5 font-medium">
        {others.length === 0 ? t('alsoNobody') : t('alsoQuestion', { speaker })}
      </p>
      <div className="flex flex-wrap gap-1.5">
        {others.map((other) => (
          <Button key={other} size="small" onClick={() => onChoose(other)}>
            {other}
          </Button>
        ))}
      </div>
      <Answers onCancel={onCancel} />
    </fieldset>
  );
}

function Answers({ onCancel, children }: { onCancel: () => void; children?: ReactNode }) {
  const { t } = useTranslation('speakers');
  return (
    <div className="mt-2 flex flex-wrap gap-1.5">
      {children}
      <Button size="small" look="plain" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </div>
  );
}

/** Escape leaves the question, and the panel open. */
function cancelling(onCancel: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onCancel();
  };
}
