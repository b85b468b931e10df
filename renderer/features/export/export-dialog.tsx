import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../../../src/contract/document.ts';
import type { AppError } from '../../../src/contract/errors.ts';
import type { FormatChoice } from '../../../src/contract/format-options.ts';
import type { ExportChoice } from '../../../src/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { useSubmission } from '../../components/use-submission.ts';
import { appErrorOf, request } from '../../lib/client.ts';
import { useLibrary } from '../../stores/library.ts';
import type { ExportedVersion } from '../../stores/navigation.ts';
import { ContentFields } from './content-fields.tsx';
import { ConventionFields } from './convention-fields.tsx';
import { ExportPreviewPane } from './export-preview.tsx';
import { ExportResult } from './export-result.tsx';
import { CsvField, SrtFields } from './file-fields.tsx';
import { FolderField, SyncedWarning } from './folder-field.tsx';
import {
  canHaveConventions,
  canHaveTemplate,
  hasSubtitles,
  isLeftEmpty,
  mattersTo,
  withFormat,
} from './format-choice.ts';
import { FormatFields } from './format-fields.tsx';
import { SubtitleFields } from './subtitle-fields.tsx';
import { TemplateFields } from './template-fields.tsx';
import { useWriting } from './use-writing.ts';

/** Exports recordings: formats, parts to include, a preview, and the target folder. */
export function ExportDialog({
  recordingIds,
  version,
  pseudonymised = false,
  onClose,
}: {
  recordingIds: readonly string[];
  /** A version of the one recording; the current texts without. */
  version?: ExportedVersion | undefined;
  /** Whether pseudonymised copies are exported. */
  pseudonymised?: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation(['exporting', 'pseudonyms']);
  const recording = useLibrary(({ recordings }) => recordings.get(recordingIds[0] ?? ''));
  const name = recording?.name ?? '';
  const [choice, setChoice] = useState<ExportChoice | null>(null);
  const [synced, setSynced] = useState<string | null>(null);
  const [shown, setShown] = useState<ExportFormat>('txt');
  const [isShapeFaulty, setShapeFaulty] = useState(false);
  const [openingError, setOpeningError] = useState<AppError | null>(null);
  const { done, result, write, stop, clear } = useWriting(recordingIds, version?.id, pseudonymised);
  const { error, submit, clearError } = useSubmission();

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
  // The dialog is drawn as a whole, so that the focus starts at its first choice.
  if (choice === null) return null;
  const chooseFolder = async () => {
    const chosen = await request('exports.chooseFolder');
    if (chosen.folder === null) return;
    setChoice({ ...choice, folder: chosen.folder });
    setSynced(chosen.synced);
  };
  if (result !== null) {
    return (
      <Dialog title={title} onClose={onClose} width="wide">
        <ExportResult
          result={result}
          onBack={clear}
          onChooseFolder={() => void submit(chooseFolder)}
          onClose={onClose}
        />
      </Dialog>
    );
  }

  const setFormat = (format: ExportFormat, isWanted: boolean) => {
    const formats = withFormat(choice.formats, format, isWanted);
    setChoice({ ...choice, formats });
    // The fields are gone, with what was typed in them.
    if (!hasSubtitles(formats)) setShapeFaulty(false);
    if (isWanted) setShown(format);
  };
  const { formatOptions } = choice;
  const setOptions = (changes: Partial<FormatChoice>) =>
    setChoice({ ...choice, formatOptions: { ...formatOptions, ...changes } });
  const cannotWrite = isLeftEmpty(choice) || (hasSubtitles(choice.formats) && isShapeFaulty);
  const isWriting = done !== null;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      width="broad"
      actions={
        <>
          {error !== null && (
            <div className="mb-3">
              <ErrorNotice
                error={error}
                remedies={{ chooseFolder: () => void submit(chooseFolder) }}
                onClose={clearError}
              />
            </div>
          )}
          <div className="flex flex-wrap items-center justify-end gap-2">
            {synced !== null && <SyncedWarning service={synced} />}
            <Button onClick={isWriting ? stop : onClose}>{t(isWriting ? 'stop' : 'cancel')}</Button>
            <Button look="primary" disabled={cannotWrite || isWriting} onClick={() => void write(choice)}>
              {!isWriting && t('export', { count: recordingIds.length * Math.max(1, choice.formats.length) })}
              {isWriting && recordingIds.length === 1 && t('writing')}
              {isWriting &&
                recordingIds.length > 1 &&
                t('writingOf', { number: done + 1, count: recordingIds.length })}
            </Button>
          </div>
        </>
      }
    >
      <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          {recordingIds.length === 1 && <Truncated text={name} className="-mt-1 text-ink-soft" />}
          {pseudonymised && (
            <p className="-mt-4 text-sm font-medium text-warning">{t('pseudonyms:exportTitle')}</p>
          )}
          {version !== undefined && <p className="-mt-4 text-sm text-warning">{version.label}</p>}
          <FormatFields chosen={choice.formats} onChange={setFormat} />
          <ContentFields
            content={choice.content}
            formats={choice.formats}
            onChange={(content) => setChoice({ ...choice, content })}
          />
          {canHaveTemplate(choice.formats) && (
            <TemplateFields
              template={choice.style.template}
              onChange={(template) => setChoice({ ...choice, style: { ...choice.style, template } })}
              run={(action) => void submit(action)}
            />
          )}
          {pseudonymised && choice.style.template.kind === 'word' && choice.formats.includes('docx') && (
            <p className="-mt-3 text-sm text-warning">{t('pseudonyms:templateWarning')}</p>
          )}
          {canHaveConventions(choice.formats) && (
            <ConventionFields
              style={choice.style}
              recordingId={recordingIds[0] ?? ''}
              isProvenanceIncluded={choice.content.provenance && mattersTo('provenance', choice.formats)}
              onChange={(style) => setChoice({ ...choice, style })}
            />
          )}
          {hasSubtitles(choice.formats) && (
            <SubtitleFields
              shape={formatOptions.subtitles}
              onChange={(shape) => setOptions({ subtitles: shape })}
              onFault={setShapeFaulty}
            />
          )}
          {choice.formats.includes('srt') && (
            <SrtFields encoding={formatOptions.srt} onChange={(srt) => setOptions({ srt })} />
          )}
          {choice.formats.includes('csv') && (
            <CsvField
              delimiter={formatOptions.csvDelimiter}
              onChange={(csvDelimiter) => setOptions({ csvDelimiter })}
            />
          )}
          <FolderField folder={choice.folder} onChoose={() => void submit(chooseFolder)} />
        </div>
        {recordingIds[0] !== undefined && (
          <ExportPreviewPane
            recordingId={recordingIds[0]}
            versionId={version?.id}
            pseudonymised={pseudonymised}
            label={recordingIds.length === 1 ? t('preview') : t('previewOf', { name })}
            formats={choice.formats}
            shown={shown}
            onShow={setShown}
            content={choice.content}
            formatOptions={formatOptions}
            style={choice.style}
          />
        )}
      </div>
    </Dialog>
  );
}
