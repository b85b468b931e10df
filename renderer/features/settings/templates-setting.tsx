import { FilePlus, Trash2 } from 'lucide-react';
import { Trans, useTranslation } from 'react-i18next';
import { formatBytes } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { say } from '../../stores/toasts.ts';
import { useWordTemplates } from '../../stores/word-templates.ts';

/** The fields that a template can hold, besides the text itself. */
const FIELDS = [
  ...['title', 'matter', 'case', 'date', 'recording', 'duration', 'speakers'],
  ...['language', 'review', 'edited', 'model', 'program'],
];

/** The Word templates of the vault: what is in them, adding and removing. */
export function TemplatesSetting() {
  const { t } = useTranslation('templates');
  const language = useLanguage();
  const { templates, add, remove } = useWordTemplates();
  const { isBusy, error, submit, clearError } = useSubmission();
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const addOne = async () => {
    if ((await add()) !== null) say(t('added'));
  };
  const removeOne = async (id: string) => {
    await remove(id);
    say(t('removed'));
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink-soft">{t('text')}</p>
      {templates !== null && templates.length === 0 && <p className="text-sm">{t('none')}</p>}
      {templates !== null && templates.length > 0 && (
        <ul
          aria-label={t('title')}
          className="flex flex-col divide-y divide-line rounded-md border border-line"
        >
          {templates.map(({ id, name, sizeBytes, addedAtMs }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
              <span className="min-w-0 flex-1 basis-40">
                <span className="block font-medium [overflow-wrap:anywhere]">{name}</span>
                <span className="block text-sm text-ink-soft">
                  {t('facts', { size: formatBytes(sizeBytes, language), date: date.format(addedAtMs) })}
                </span>
              </span>
              <Button
                disabled={isBusy}
                aria-label={t('removeNamed', { name })}
                onClick={() => void submit(() => removeOne(id))}
              >
                <Trash2 aria-hidden size="1rem" />
                {t('remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {error !== null && <ErrorNotice error={error} onClose={clearError} />}
      <div>
        <Button disabled={isBusy} onClick={() => void submit(addOne)}>
          <FilePlus aria-hidden size="1rem" />
          {t('addHere')}
        </Button>
      </div>
      <div className="text-sm text-ink-soft">
        <p>
          <Trans
            t={t}
            i18nKey="howTo"
            values={{ transcript: '{{transcript}}' }}
            components={{ field: <code /> }}
          />
        </p>
        <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
          {FIELDS.map((name) => (
            <li key={name}>
              <code>{`{{${name}}}`}</code>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
