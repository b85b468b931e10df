import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../../src/contract/errors.ts';
import type { PseudonymsView } from '../../../../src/contract/pseudonyms.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useSubmission } from '../../../components/use-submission.ts';
import { appErrorOf, request } from '../../../lib/client.ts';
import { showOverlay } from '../../../stores/navigation.ts';
import { say } from '../../../stores/toasts.ts';
import { ByHand } from './by-hand.tsx';
import { CandidateRow } from './candidate-row.tsx';
import { KeyRow } from './key-row.tsx';
import { SoundExport } from './sound-export.tsx';

/** The key of pseudonyms, what nobody has decided about yet, and the exports that are made by it. */
export function PseudonymsDialog({
  recordingId,
  text,
  onClose,
}: {
  recordingId: string;
  /** Selected words that are to be replaced; empty for none. */
  text: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('pseudonyms');
  const [view, setView] = useState<PseudonymsView | null>(null);
  const [openingError, setOpeningError] = useState<AppError | null>(null);
  const { isBusy, error, submit, clearError } = useSubmission();
  useEffect(() => {
    let isGone = false;
    request('pseudonyms.view', { recordingId }).then(
      (answer) => !isGone && setView(answer),
      (thrown: unknown) => !isGone && setOpeningError(appErrorOf(thrown)),
    );
    return () => {
      isGone = true;
    };
  }, [recordingId]);
  const change = (action: () => Promise<PseudonymsView>) =>
    void submit(async () => {
      setView(await action());
    });
  if (view === null) {
    return (
      <Dialog title={t('title')} onClose={onClose} width="broad">
        {openingError === null ? (
          <p role="status">{t('loading')}</p>
        ) : (
          <ErrorNotice error={openingError} onClose={onClose} />
        )}
      </Dialog>
    );
  }
  const about = view.matterName === null ? t('aboutAlone') : t('aboutMatter', { matter: view.matterName });
  const undecided = view.candidates.length;
  return (
    <Dialog
      title={t('title')}
      description={about}
      onClose={onClose}
      width="broad"
      actions={
        <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 text-sm">
          {undecided > 0 && (
            <strong className="mr-auto text-warning">{t('undecided', { count: undecided })}</strong>
          )}
          <Button
            look="primary"
            onClick={() => showOverlay({ kind: 'export', recordingIds: [recordingId], pseudonymised: true })}
          >
            {t('exportCopy')}
          </Button>
        </div>
      }
    >
      {error !== null && (
        <div role="alert" className="mb-3">
          <ErrorNotice error={error} onClose={clearError} />
        </div>
      )}
      <div className="grid gap-x-8 gap-y-6 text-sm md:grid-cols-2">
        <section aria-label={t('candidates')} className="min-w-0">
          <h3 className="text-base font-semibold">{t('candidates')}</h3>
          <p className="mb-2 text-ink-soft">
            {undecided === 0 ? t('noCandidates') : t('candidatesHint', { count: undecided })}
          </p>
          <ul className="flex flex-col gap-2">
            {view.candidates.map((candidate) => (
              <CandidateRow
                key={candidate.text}
                candidate={candidate}
                known={view.key}
                isBusy={isBusy}
                onReplace={(line) => change(() => request('pseudonyms.save', { recordingId, lines: [line] }))}
                onLeave={() =>
                  change(() =>
                    request('pseudonyms.decidePlain', {
                      ...{ recordingId, texts: [candidate.text], isPlain: true },
                    }),
                  )
                }
              />
            ))}
          </ul>
        </section>
        <section aria-label={t('key')} className="flex min-w-0 flex-col gap-5">
          <ByHand
            text={text}
            known={view.key}
            isBusy={isBusy}
            onReplace={(line) => change(() => request('pseudonyms.save', { recordingId, lines: [line] }))}
          />
          <div>
            <h3 className="mb-1 text-base font-semibold">{t('key')}</h3>
            {view.key.length === 0 && <p className="text-ink-soft">{t('keyEmpty')}</p>}
            <ul className="flex flex-col gap-2">
              {view.key.map((line) => (
                <KeyRow
                  key={`${line.id} ${line.label} ${line.forms.join()}`}
                  line={line}
                  onSave={(changed) =>
                    change(() => request('pseudonyms.save', { recordingId, lines: [changed] }))
                  }
                  onRemove={() => change(() => request('pseudonyms.remove', { recordingId, id: line.id }))}
                />
              ))}
            </ul>
            <KeyExport recordingId={recordingId} hasKey={view.key.length > 0} />
          </div>
          {view.plain.length > 0 && (
            <div>
              <h3 className="mb-1 text-base font-semibold">{t('plain')}</h3>
              <ul className="flex flex-wrap gap-1.5">
                {view.plain.map((one) => (
                  <li key={one}>
                    <Button
                      size="small"
                      aria-label={t('plainBack', { text: one })}
                      onClick={() =>
                        change(() =>
                          request('pseudonyms.decidePlain', { recordingId, texts: [one], isPlain: false }),
                        )
                      }
                    >
                      {one}
                    </Button>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <SoundExport recordingId={recordingId} hasKey={view.key.length > 0} />
        </section>
      </div>
    </Dialog>
  );
}

/** Writes the key into a file of its own. */
function KeyExport({ recordingId, hasKey }: { recordingId: string; hasKey: boolean }) {
  const { t } = useTranslation('pseudonyms');
  const { isBusy, error, submit, clearError } = useSubmission();
  const exportKey = () =>
    submit(async () => {
      const { path } = await request('pseudonyms.exportKey', { recordingId });
      if (path !== null) say(t('keyWritten', { path }));
    });
  if (!hasKey) return null;
  return (
    <div className="mt-3 flex flex-col items-start gap-2">
      {error !== null && <ErrorNotice error={error} onClose={clearError} />}
      <Button disabled={isBusy} onClick={exportKey}>
        {t('exportKey')}
      </Button>
    </div>
  );
}
