import { FolderOpen, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../../../src/contract/document.ts';
import type { AppError } from '../../../src/contract/errors.ts';
import type { RequestOutput } from '../../../src/contract/ipc.ts';
import type { ExportChoice } from '../../../src/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { appErrorOf, request } from '../../lib/client.ts';
import { useLibrary } from '../../stores/library.ts';
import type { ExportedVersion } from '../../stores/navigation.ts';
import { ContentFields } from './content-fields.tsx';
import { ExportPreview } from './export-preview.tsx';
import { ExportResult } from './export-result.tsx';
import { isLeftEmpty, withFormat } from './format-choice.ts';
import { FormatFields } from './format-fields.tsx';

/** Exports recordings: formats, what to include, a look at the result, and where it goes. */
export function ExportDialog({
  recordingIds,
  version,
  onClose,
}: {
  recordingIds: readonly string[];
  /** A version of the one recording; the current texts without. */
  version?: ExportedVersion | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation('exporting');
  const name = useLibrary(({ recordings }) => recordings.get(recordingIds[0] ?? '')?.name ?? '');
  const [choice, setChoice] = useState<ExportChoice | null>(null);
  const [synced, setSynced] = useState<string | null>(null);
  const [shown, setShown] = useState<ExportFormat>('txt');
  const [openingError, setOpeningError] = useState<AppError | null>(null);
  const [result, setResult] = useState<RequestOutput<'exports.write'> | null>(null);
  const { isBusy, error, submit, clearError } = useSubmission();

  useEffect(() => {
    let isGone = false;
    request('exports.choice', { recordingIds: [...recordingIds] }).then(
      ({ synced: service, ...last }) => {
        if (isGone) return;
        setChoice(last);
        setSynced(service);
        setShown(last.formats[0] ?? 'txt');
      },
      (thrown: unknown) => !isGone && setOpeningError(appErrorOf(thrown)),
    );
    return () => {
      isGone = true;
    };
  }, [recordingIds]);

  const title = t('title', { count: recordingIds.length });
  if (openingError !== null) {
    return (
      <Dialog title={title} onClose={onClose}>
        <ErrorNotice error={openingError} onClose={onClose} />
      </Dialog>
    );
  }
  // The dialog comes as a whole, so that the keyboard begins at its first choice.
  if (choice === null) return null;
  if (result !== null) {
    return (
      <Dialog title={title} onClose={onClose} width="wide">
        <ExportResult result={result} onClose={onClose} />
      </Dialog>
    );
  }

  const chooseFolder = async () => {
    const chosen = await request('exports.chooseFolder');
    if (chosen.folder === null) return;
    setChoice({ ...choice, folder: chosen.folder });
    setSynced(chosen.synced);
  };
  const write = () =>
    submit(async () => {
      setResult(
        await request('exports.write', { recordingIds: [...recordingIds], choice, versionId: version?.id }),
      );
    });
  const setFormat = (format: ExportFormat, isWanted: boolean) => {
    setChoice({ ...choice, formats: withFormat(choice.formats, format, isWanted) });
    if (isWanted) setShown(format);
  };
  const isEmpty = isLeftEmpty(choice);
  return (
    <Dialog title={title} onClose={onClose} width="wide">
      <div className="flex flex-col gap-5">
        {recordingIds.length === 1 && <Truncated text={name} className="-mt-1 text-ink-soft" />}
        {version !== undefined && <p className="-mt-4 text-sm text-warning">{version.label}</p>}
        <FormatFields chosen={choice.formats} onChange={setFormat} />
        <ContentFields
          content={choice.content}
          formats={choice.formats}
          onChange={(content) => setChoice({ ...choice, content })}
        />

        {recordingIds[0] !== undefined && (
          <ExportPreview
            recordingId={recordingIds[0]}
            versionId={version?.id}
            label={recordingIds.length === 1 ? t('preview') : t('previewOf', { name })}
            formats={choice.formats}
            shown={shown}
            onShow={setShown}
            content={choice.content}
          />
        )}

        <div className="flex flex-col gap-1.5">
          <p className="text-sm font-medium">{t('folder')}</p>
          <div className="flex flex-wrap items-center gap-2">
            <p className="min-w-0 flex-1 basis-64 rounded-md bg-sunken px-3 py-2 text-sm [overflow-wrap:anywhere]">
              {choice.folder}
            </p>
            <Button onClick={() => void submit(chooseFolder)}>
              <FolderOpen aria-hidden size="1rem" />
              {t('chooseFolder')}
            </Button>
          </div>
          {synced !== null && (
            <p role="alert" className="flex gap-2 rounded-md bg-warning-wash px-3 py-2 text-sm text-warning">
              <TriangleAlert aria-hidden size="1rem" className="mt-0.5 shrink-0" />
              <span>{t('synced', { service: synced })}</span>
            </p>
          )}
        </div>
        {error !== null && (
          <ErrorNotice
            error={error}
            remedies={{ retry: () => void write(), chooseFolder: () => void submit(chooseFolder) }}
            onClose={clearError}
          />
        )}
      </div>
      <div className="sticky -bottom-6 -mx-6 mt-5 -mb-6 border-t border-line bg-surface px-6 pb-4 [&>div]:mt-4">
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" disabled={isEmpty || isBusy} onClick={() => void write()}>
            {isBusy
              ? t('writing')
              : t('export', { count: recordingIds.length * Math.max(1, choice.formats.length) })}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
