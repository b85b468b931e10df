import { FileCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../src/contract/retention.ts';
import { request } from '../lib/client.ts';
import { wholeMoment } from '../lib/format.ts';
import { Button } from './button.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { useSubmission } from './use-submission.ts';
import { useLanguage } from './window-facts.ts';

/** Certificates of erasing; each can be saved as a file. */
export function CertificateList({
  certificates,
  onSaved,
}: {
  certificates: readonly CertificateView[];
  onSaved: (message: string) => void;
}) {
  const { t } = useTranslation('retention');
  const language = useLanguage();
  const { isBusy, error, submit, clearError } = useSubmission();
  const save = (id: string) =>
    submit(async () => {
      const { saved } = await request('retention.saveCertificate', { id });
      if (saved) onSaved(t('saved'));
    });
  return (
    <>
      <ul
        aria-label={t('certificates')}
        className="flex flex-col divide-y divide-line rounded-md border border-line"
      >
        {certificates.map(({ id, writtenAtMs, recordings, byRetention }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
            <FileCheck aria-hidden size="1.125rem" className="shrink-0 text-accent" />
            <span className="min-w-0 flex-1 basis-40">
              <span className="block text-sm font-medium">{t('certificate', { count: recordings })}</span>
              <span className="block text-sm text-ink-soft">
                <span className="whitespace-nowrap">{wholeMoment(writtenAtMs, language)}</span>
                {', '}
                {byRetention ? t('byRetention') : t('byHand')}
              </span>
            </span>
            <Button
              size="small"
              disabled={isBusy}
              aria-label={t('saveOf', { day: wholeMoment(writtenAtMs, language) })}
              onClick={() => void save(id)}
            >
              {t('save')}
            </Button>
          </li>
        ))}
      </ul>
      {error !== null && (
        <div role="alert">
          <ErrorNotice error={error} onClose={clearError} />
        </div>
      )}
    </>
  );
}
