import { FileDown, FileUp, Plus, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CorrectionRule, LONGEST_RULE_TEXT } from '../../src/contract/correction-rules.ts';
import { request } from '../lib/client.ts';
import { Button, IconButton } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { Field, TextInput } from './field.tsx';
import { useSubmission } from './use-submission.ts';

/** The rules by which new transcripts are corrected: add, remove, import, and save as a file. */
export function RuleList({
  matterId,
  rules,
  onDone,
}: {
  /** Whose rules they are; null for the vault's. */
  matterId: string | null;
  rules: readonly CorrectionRule[];
  /** Says what was done. */
  onDone: (message: string) => void;
}) {
  const { t } = useTranslation('corrections');
  const { error, submit, clearError } = useSubmission();
  const importList = () =>
    submit(async () => {
      const outcome = await request('autoCorrections.importChosen', { matterId });
      if (outcome !== null) onDone(t('imported', { count: outcome.added + outcome.replaced }));
    });
  const exportList = () =>
    submit(async () => {
      const { saved } = await request('autoCorrections.saveAs', { matterId });
      if (saved) onDone(t('saved'));
    });
  const remove = ({ id, find }: CorrectionRule) =>
    submit(async () => {
      await request('autoCorrections.remove', { ids: [id] });
      onDone(t('removed', { find }));
    });
  return (
    <div className="flex flex-col gap-4">
      <NewRule matterId={matterId} />
      {rules.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('none')}</p>
      ) : (
        <ul aria-label={t('list')} className="flex flex-col">
          {rules.map((rule) => (
            <li
              key={rule.id}
              className="flex items-center gap-3 border-b border-line py-1 text-sm last:border-b-0"
            >
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {t('rule', rule)}
                {rule.matchCase && <span className="ml-2 text-xs text-ink-soft">{t('caseCounts')}</span>}
              </span>
              <IconButton label={t('remove', { find: rule.find })} onClick={() => void remove(rule)}>
                <Trash2 aria-hidden size="1.125rem" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {error !== null && (
        <div role="alert">
          <ErrorNotice error={error} onClose={clearError} />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => void importList()}>
          <FileUp aria-hidden size="1rem" />
          {t('import')}
        </Button>
        {rules.length > 0 && (
          <Button onClick={() => void exportList()}>
            <FileDown aria-hidden size="1rem" />
            {t('export')}
          </Button>
        )}
        <p className="w-full text-sm text-ink-soft">{t('fileHint')}</p>
      </div>
    </div>
  );
}

/** The line on which a rule is typed. No form: it also stands in forms. */
function NewRule({ matterId }: { matterId: string | null }) {
  const { t } = useTranslation('corrections');
  const first = useRef<HTMLInputElement>(null);
  const [find, setFind] = useState('');
  const [replacement, setReplacement] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const { isBusy, error, submit, clearError } = useSubmission();
  const isWhole = find.trim() !== '' && replacement.trim() !== '';
  const add = () =>
    submit(async () => {
      const rule = { find, replacement, matchCase };
      await request('autoCorrections.save', { matterId, id: null, rule });
      setFind('');
      setReplacement('');
      first.current?.focus();
    });
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (isWhole && !isBusy) void add();
  };
  return (
    <>
      <div className="grid items-end gap-3 @lg/page:grid-cols-[1fr_1fr_auto]">
        <Field label={t('find')}>
          {(ids) => (
            <TextInput
              {...ids}
              ref={first}
              value={find}
              maxLength={LONGEST_RULE_TEXT}
              onChange={(event) => setFind(event.target.value)}
              onKeyDown={press}
            />
          )}
        </Field>
        <Field label={t('replacement')}>
          {(ids) => (
            <TextInput
              {...ids}
              value={replacement}
              maxLength={LONGEST_RULE_TEXT}
              onChange={(event) => setReplacement(event.target.value)}
              onKeyDown={press}
            />
          )}
        </Field>
        <Button className="justify-self-start" disabled={!isWhole || isBusy} onClick={() => void add()}>
          <Plus aria-hidden size="1rem" />
          {t('add')}
        </Button>
      </div>
      <MatchCase checked={matchCase} onChange={setMatchCase} />
      {error !== null && (
        <div role="alert">
          <ErrorNotice error={error} onClose={clearError} />
        </div>
      )}
    </>
  );
}

/** Whether upper and lower case must agree. */
export function MatchCase({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const { t } = useTranslation('corrections');
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is a button, which a label may hold
    <label className="flex items-start gap-2.5 text-sm">
      <Checkbox checked={checked} onCheckedChange={(value) => onChange(value === true)} />
      <span>
        {t('matchCase')}
        <span className="block text-ink-soft">{t('matchCaseHint')}</span>
      </span>
    </label>
  );
}
