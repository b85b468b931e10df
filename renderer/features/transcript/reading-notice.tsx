import { FileQuestion } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { assumedReadingText } from '../../../src/messages/assumed-reading.ts';
import { useLanguage } from '../../components/window-facts.ts';
import { useLibrary } from '../../stores/library.ts';

/** Shows how a recording was read without a header, as a wrong guess makes a worthless text; nothing for any other. */
export function ReadingNotice({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation('transcript');
  const language = useLanguage();
  const recording = useLibrary(({ recordings }) => recordings.get(recordingId));
  if (recording === undefined || recording.assumed === null) return null;
  return (
    <section
      aria-label={t('readingNotice')}
      className="appear flex items-start gap-x-3 border-b border-line bg-warning-wash px-4 py-1.5 text-sm"
    >
      <FileQuestion aria-hidden size="1rem" className="mt-0.5 shrink-0 text-warning" />
      <p className="min-w-0 flex-1">
        {recording.name}: {assumedReadingText(recording.assumed, language)}
      </p>
    </section>
  );
}
