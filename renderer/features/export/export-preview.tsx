import { Tabs } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportContent, ExportFormat } from '../../../src/contract/document.ts';
import type { AppError } from '../../../src/contract/errors.ts';
import type { ExportPreview as Preview } from '../../../src/contract/export-preview.ts';
import type { ExportStyle } from '../../../src/contract/export-style.ts';
import type { FormatChoice } from '../../../src/contract/format-options.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { classNames } from '../../lib/class-names.ts';
import { appErrorOf, request } from '../../lib/client.ts';
import { previewFormat } from './format-choice.ts';
import { PreviewPageView } from './preview-page.tsx';

/** The beginning of a recording in each chosen format. */
export function ExportPreviewPane({
  recordingId,
  versionId,
  pseudonymised,
  label,
  formats,
  shown,
  onShow,
  content,
  formatOptions,
  style,
}: {
  recordingId: string;
  /** A version of it; its current text without. */
  versionId?: string | undefined;
  /** Whether the preview is of the pseudonymised copy. */
  pseudonymised: boolean;
  /** Label of what is previewed. */
  label: string;
  formats: readonly ExportFormat[];
  shown: ExportFormat;
  onShow: (format: ExportFormat) => void;
  content: ExportContent;
  formatOptions: FormatChoice;
  style: ExportStyle;
}) {
  const { t } = useTranslation('exporting');
  const language = useLanguage();
  const format = previewFormat(formats, shown);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<AppError | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the words around the text are in the user's language
  useEffect(() => {
    if (format === null) return;
    let isGone = false;
    request('exports.preview', {
      ...{ recordingId, format, content, formatOptions, style, versionId, pseudonymised },
    }).then(
      (answer) => {
        if (isGone) return;
        setPreview(answer);
        setError(null);
      },
      (thrown: unknown) => !isGone && setError(appErrorOf(thrown)),
    );
    return () => {
      isGone = true;
    };
  }, [recordingId, versionId, pseudonymised, format, content, formatOptions, style, language]);

  if (format === null) return null;
  const isFixedPitch = preview?.type === 'text' && preview.isFixedPitch;
  return (
    <Tabs.Root
      value={format}
      onValueChange={(value) => onShow(value as ExportFormat)}
      className="flex min-w-0 flex-col md:sticky md:top-0 md:h-[calc(84vh-9.5rem)]"
    >
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <p className="text-sm font-medium [overflow-wrap:anywhere]">{label}</p>
        <Tabs.List aria-label={t('preview')} className="flex flex-wrap">
          {formats.map((one) => (
            <Tabs.Trigger
              key={one}
              value={one}
              className="border-b-2 border-transparent px-2.5 py-1 text-sm text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {t(`short_${one}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </div>
      <Tabs.Content
        value={format}
        className={classNames(
          'mt-1 h-52 overflow-auto rounded-md border border-line bg-ground px-4 py-3 text-sm md:h-auto md:min-h-0 md:flex-1',
          // The rows of a table stay rows, and the lines of a court's page lines.
          isFixedPitch && '@container font-mono',
          format === 'csv' || isFixedPitch
            ? 'whitespace-pre'
            : 'whitespace-pre-wrap [overflow-wrap:anywhere]',
        )}
      >
        {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
        {error === null && preview?.type === 'text' && !isFixedPitch && preview.text}
        {error === null && preview?.type === 'text' && isFixedPitch && <FixedPitch text={preview.text} />}
        {error === null && preview?.type === 'page' && (
          <PreviewPageView page={preview.page} marksLabel={t('marksLegend')} />
        )}
      </Tabs.Content>
    </Tabs.Root>
  );
}

/** Width of a letter of a fixed pitch in parts of its size, and a little to spare. */
const LETTER_WIDTH = 0.62;

/** Lines that stay lines: as large as the pane has room for, down to what can still be read. */
function FixedPitch({ text }: { text: string }) {
  const columns = Math.max(1, ...text.split('\n').map((line) => line.length));
  return (
    <div
      style={{
        fontSize: `clamp(0.5rem, calc(100cqi / ${columns * LETTER_WIDTH}), 0.75rem)`,
        lineHeight: 1.6,
      }}
    >
      {text}
    </div>
  );
}
