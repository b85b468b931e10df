import { FilePlus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { say } from '../../stores/toasts.ts';
import { useWordTemplates } from '../../stores/word-templates.ts';

/** What is filled in, in the order of the list. `recording`, another name for `title`, is left out. */
const FIELDS = [
  ...(['transcript', 'title', 'matter', 'case', 'date', 'duration'] as const),
  ...(['speakers', 'language', 'review', 'edited', 'model', 'program'] as const),
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
      <div className="@container mt-3 text-sm">
        <p className="text-ink-soft">{t('howTo')}</p>
        <dl className="mt-2 grid gap-x-6 gap-y-1.5 @md:grid-cols-[auto_1fr]">
          {FIELDS.map((name) => (
            <div key={name} className="contents">
              <dt className="select-text">
                <code>{`{{${name}}}`}</code>
              </dt>
              <dd className="text-ink-soft @max-md:mb-1.5">{t(`field_${name}`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
