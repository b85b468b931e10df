import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { DialogActions } from '../../components/dialog.tsx';
import { DoneNotice } from '../../components/done-notice.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { request } from '../../lib/client.ts';
import { attempt } from '../../stores/toasts.ts';
import { fileName, folderName } from './file-name.ts';
import type { Written } from './write-in-turn.ts';

/** What was written and what was not. */
export function ExportResult({
  result,
  onBack,
  onChooseFolder,
  onClose,
}: {
  result: Written;
  /** Returns to the options, for another go. */
  onBack: () => void;
  onChooseFolder: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('exporting');
  const done = useRef<HTMLButtonElement>(null);
  const { written, failed, left } = result;
  const folders = [...new Set(written.map(({ path }) => folderName(path)))];
  useEffect(() => done.current?.focus(), []);
  const reveal = () =>
    attempt(() => request('app.reveal', { what: 'export', id: written.at(-1)?.recordingId ?? null }));
  return (
    <>
      {written.length > 0 && (
        <DoneNotice title={t('written', { count: written.length })}>
          <ul className="-mt-1 max-h-[40vh] overflow-y-auto text-sm text-ink-soft">
            {written.map(({ path }) => (
              <li key={path}>{fileName(path)}</li>
            ))}
          </ul>
          {folders.map((folder) => (
            <p key={folder} className="text-sm">
              {t('inFolder', { folder })}
            </p>
          ))}
          <p className="text-sm text-ink-soft">{t('readable')}</p>
        </DoneNotice>
      )}
      {failed.map(({ name, failure }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: recordings may share a name, and the list does not change
        <div key={index} className="mt-4">
          <p className="mb-1 text-sm font-medium [overflow-wrap:anywhere]">{name}</p>
          <ErrorNotice
            error={failure as Parameters<typeof ErrorNotice>[0]['error']}
            remedies={{ retry: onBack, chooseFolder: onChooseFolder }}
            onClose={onBack}
          />
        </div>
      ))}
      {failed.length > 0 && <p className="mt-4 text-sm">{t('stillInVault')}</p>}
      {left > 0 && <p className="mt-4 text-sm">{t('left', { count: left })}</p>}
      <DialogActions>
        {written.length > 0 && <Button onClick={reveal}>{t('reveal')}</Button>}
        <Button ref={done} look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      </DialogActions>
    </>
  );
}
