import { Tabs } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../../../src/contract/document.ts';
import type { AppError } from '../../../src/contract/errors.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { appErrorOf, request } from '../../lib/client.ts';
import { previewFormat } from './format-choice.ts';

/** The beginning of the first recording as each chosen format writes it. */
export function ExportPreview({
  recordingId,
  formats,
  shown,
  onShow,
  timestamps,
}: {
  recordingId: string;
  formats: readonly ExportFormat[];
  shown: ExportFormat;
  onShow: (format: ExportFormat) => void;
  timestamps: boolean;
}) {
  const { t } = useTranslation('exporting');
  const format = previewFormat(formats, shown);
  const [text, setText] = useState('');
  const [error, setError] = useState<AppError | null>(null);

  useEffect(() => {
    if (format === null) return;
    let isGone = false;
    request('exports.preview', { recordingId, format, timestamps }).then(
      (preview) => {
        if (isGone) return;
        setText(preview.text);
        setError(null);
      },
      (thrown: unknown) => !isGone && setError(appErrorOf(thrown)),
    );
    return () => {
      isGone = true;
    };
  }, [recordingId, format, timestamps]);

  if (format === null) return null;
  return (
    <Tabs.Root value={format} onValueChange={(value) => onShow(value as ExportFormat)}>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <p className="text-sm font-medium">{t('preview')}</p>
        <Tabs.List aria-label={t('preview')} className="flex flex-wrap">
          {formats.map((one) => (
            <Tabs.Trigger
              key={one}
              value={one}
              className="border-b-2 border-transparent px-2.5 py-1 text-sm text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {one.toUpperCase()}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </div>
      <Tabs.Content
        value={format}
        className="mt-1 h-36 overflow-auto rounded-md border border-line bg-ground px-4 py-3 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]"
      >
        {error === null ? text : <ErrorNotice error={error} onClose={() => setError(null)} />}
      </Tabs.Content>
      {format === 'docx' && <p className="mt-1 text-sm text-ink-soft">{t('docxPreview')}</p>}
    </Tabs.Root>
  );
}
