import { Printer, Save } from 'lucide-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { request } from '../lib/client.ts';
import { Button } from './button.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { useSubmission } from './use-submission.ts';

/** A recovery key in its groups, to be printed, saved or written down. */
export function RecoveryKeyGroups({
  groups,
  folder,
}: {
  groups: readonly string[];
  /** The folder of its vault, for the printed sheet. */
  folder: string;
}) {
  const { t } = useTranslation('unlock');
  const [isSaved, setSaved] = useState(false);
  const { error, submit, clearError } = useSubmission();
  const save = () =>
    submit(async () => {
      const { saved } = await request('vault.saveRecoveryKey');
      setSaved(saved);
    });
  return (
    <>
      <ol className="my-5 grid grid-cols-3 gap-x-4 gap-y-2.5 rounded-lg border border-line bg-surface p-4 @lg:grid-cols-4">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is known by its place in the key
          <li key={index} className="flex items-baseline gap-2">
            <span className="w-5 text-right text-xs text-ink-soft figures">{index + 1}</span>
            <code className="font-mono text-base tracking-wider select-text">{group}</code>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => window.print()}>
          <Printer aria-hidden size="1rem" />
          {t('keyPrint')}
        </Button>
        <Button onClick={save}>
          <Save aria-hidden size="1rem" />
          {t('keySave')}
        </Button>
      </div>
      <p role="status" className="mt-3 text-sm text-ink-soft">
        {isSaved ? t('keySaved') : t('keyWhere')}
      </p>
      {error && (
        <div role="alert" className="mt-4">
          <ErrorNotice error={error} remedies={{ chooseFolder: save, retry: save }} onClose={clearError} />
        </div>
      )}
      <PrintedKey groups={groups} folder={folder} />
    </>
  );
}

/** The printed sheet; never on the screen. Rendered in the body, so that no dialog clips it. */
function PrintedKey({ groups, folder }: { groups: readonly string[]; folder: string }) {
  const { t } = useTranslation('unlock');
  return createPortal(
    <div data-print-sheet className="hidden print:block">
      <p className="text-2xl font-semibold">{t('keySheetTitle')}</p>
      <p className="mt-4">{t('keySheetUse', { folder })}</p>
      <p className="mt-8 font-mono text-xl leading-loose tracking-wider">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is known by its place in the key
          <span key={index} className="mr-6 inline-block whitespace-nowrap">
            <small>{index + 1}.</small> {group}
          </span>
        ))}
      </p>
    </div>,
    document.body,
  );
}
