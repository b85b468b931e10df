import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Pseudonym,
  PseudonymCandidate,
  PseudonymKind,
  SavedPseudonym,
} from '../../../../src/contract/pseudonyms.ts';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { clock } from '../document/clock.ts';
import { LabelChoice, lineFor } from './label-choice.tsx';

/** A name, date or number that was found: what it is, which spellings go with it, and whether it is replaced. */
export function CandidateRow({
  candidate,
  known,
  isBusy,
  onReplace,
  onLeave,
}: {
  candidate: PseudonymCandidate;
  known: readonly Pseudonym[];
  isBusy: boolean;
  onReplace: (line: SavedPseudonym) => void;
  onLeave: () => void;
}) {
  const { t } = useTranslation('pseudonyms');
  const { text, count, context, startMs } = candidate;
  const [kind, setKind] = useState<PseudonymKind>(candidate.kind);
  const [sameAs, setSameAs] = useState('');
  // What is written small may be another word.
  const [left, setLeft] = useState<ReadonlySet<string>>(
    () => new Set(candidate.forms.flatMap((form) => (/^\p{Ll}/u.test(form.text) ? [form.text] : []))),
  );
  const forms = [text, ...candidate.forms.map((form) => form.text).filter((form) => !left.has(form))];
  return (
    <li className="rounded-lg border border-line px-3 py-2">
      <p className="flex items-baseline gap-2">
        <strong className="min-w-0 [overflow-wrap:anywhere]">{text}</strong>
        <span className="figures shrink-0 text-ink-soft">
          {t('times', { count })} · {clock(startMs)}
        </span>
      </p>
      <p className="text-ink-soft [overflow-wrap:anywhere]">{context}</p>
      {candidate.forms.map((form) => (
        <label key={form.text} htmlFor={`${text} ${form.text}`} className="mt-1 flex items-center gap-2">
          <Checkbox
            id={`${text} ${form.text}`}
            checked={!left.has(form.text)}
            onCheckedChange={(isOn) =>
              setLeft(
                isOn === true
                  ? new Set([...left].filter((one) => one !== form.text))
                  : new Set([...left, form.text]),
              )
            }
          />
          {t('also', { forms: `${form.text} (${form.count})` })}
        </label>
      ))}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <LabelChoice
          text={text}
          kind={kind}
          onKind={setKind}
          known={known}
          value={sameAs}
          onChoose={setSameAs}
        />
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            look="primary"
            disabled={isBusy}
            aria-label={t('replaceText', { text })}
            onClick={() => onReplace(lineFor(forms, kind, known, sameAs))}
          >
            {t('replace')}
          </Button>
          <Button size="small" disabled={isBusy} aria-label={t('leaveText', { text })} onClick={onLeave}>
            {t('leave')}
          </Button>
        </div>
      </div>
    </li>
  );
}
