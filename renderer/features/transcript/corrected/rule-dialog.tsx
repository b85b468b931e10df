import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_RULE_TEXT } from '../../../../src/contract/correction-rules.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogActions } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Field, Select, TextInput } from '../../../components/field.tsx';
import { MatchCase } from '../../../components/rule-list.tsx';
import { useSubmission } from '../../../components/use-submission.ts';
import { request } from '../../../lib/client.ts';
import { useLibrary } from '../../../stores/library.ts';
import { useMatters } from '../../../stores/matters.ts';
import { say } from '../../../stores/toasts.ts';

const VAULT = '';

/** A replacement as it was made. */
export interface RuleText {
  readonly find: string;
  readonly replacement: string;
  readonly matchCase: boolean;
}

/** Makes a replacement a rule for new transcripts, of the recording's matter or of the vault. */
export function RuleDialog({
  recordingId,
  first,
  onSaved,
  onClose,
}: {
  recordingId: string;
  first: RuleText;
  /** Gets the new rule's id; without it a notice says that it was made. */
  onSaved?: (id: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('corrections');
  const ownMatter = useLibrary(({ recordings }) => recordings.get(recordingId)?.matterId ?? null);
  const matter = useMatters(({ matters }) => matters.find(({ id }) => id === ownMatter));
  const [rule, setRule] = useState(first);
  const [where, setWhere] = useState(ownMatter ?? VAULT);
  const { isBusy, error, submit, clearError } = useSubmission();
  const isWhole = rule.find.trim() !== '' && rule.replacement.trim() !== '';
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!isWhole) return;
    return submit(async () => {
      const id = crypto.randomUUID();
      await request('autoCorrections.save', { matterId: where === VAULT ? null : where, id, rule });
      if (onSaved === undefined) say(t('added', { find: rule.find.trim() }));
      else onSaved(id);
      onClose();
    });
  };
  return (
    <Dialog title={t('alwaysTitle')} description={t('alwaysText')} onClose={onClose}>
      <form onSubmit={save} className="flex flex-col gap-4">
        <Field label={t('find')}>
          {(ids) => (
            <TextInput
              {...ids}
              value={rule.find}
              maxLength={LONGEST_RULE_TEXT}
              onChange={(event) => setRule({ ...rule, find: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('replacement')}>
          {(ids) => (
            <TextInput
              {...ids}
              value={rule.replacement}
              maxLength={LONGEST_RULE_TEXT}
              onChange={(event) => setRule({ ...rule, replacement: event.target.value })}
            />
          )}
        </Field>
        <MatchCase checked={rule.matchCase} onChange={(matchCase) => setRule({ ...rule, matchCase })} />
        {matter !== undefined && (
          <Field label={t('where')}>
            {(ids) => (
              <Select
                {...ids}
                value={where}
                onChoose={setWhere}
                options={[
                  { value: matter.id, label: t('inMatter', { name: matter.name }) },
                  { value: VAULT, label: t('inVault') },
                ]}
              />
            )}
          </Field>
        )}
        {error !== null && (
          <div role="alert">
            <ErrorNotice error={error} onClose={clearError} />
          </div>
        )}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={!isWhole || isBusy}>
            {t('add')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
