import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pseudonym, PseudonymKind, SavedPseudonym } from '../../../../src/contract/pseudonyms.ts';
import { Button } from '../../../components/button.tsx';
import { Field, TextInput } from '../../../components/field.tsx';
import { LabelChoice, lineFor } from './label-choice.tsx';

/** Words that the rules did not find, typed or selected in the text. */
export function ByHand({
  text: selected,
  known,
  isBusy,
  onReplace,
}: {
  text: string;
  known: readonly Pseudonym[];
  isBusy: boolean;
  onReplace: (line: SavedPseudonym) => void;
}) {
  const { t } = useTranslation('pseudonyms');
  const [text, setText] = useState(selected.replace(/\s+/g, ' ').trim());
  const [kind, setKind] = useState<PseudonymKind>('person');
  const [sameAs, setSameAs] = useState('');
  const forms = text
    .split(';')
    .map((form) => form.trim())
    .filter((form) => form !== '');
  const replace = (event: FormEvent) => {
    event.preventDefault();
    if (forms.length === 0) return;
    onReplace(lineFor(forms, kind, known, sameAs));
    setText('');
    setSameAs('');
  };
  return (
    <form onSubmit={replace}>
      <h3 className="mb-1 text-base font-semibold">{t('byHand')}</h3>
      <Field label={t('byHandText')} hint={t('byHandHint')}>
        {(ids) => (
          <TextInput
            {...ids}
            maxLength={200}
            autoFocus={selected !== ''}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <LabelChoice
          text={text}
          kind={kind}
          onKind={setKind}
          known={known}
          value={sameAs}
          onChoose={setSameAs}
        />
        <Button type="submit" size="small" disabled={forms.length === 0 || isBusy}>
          {t('replace')}
        </Button>
      </div>
    </form>
  );
}
