import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownVoiceView } from '../../src/contract/speakers.ts';
import { request } from '../lib/client.ts';
import { clockLength, wholeDay } from '../lib/format.ts';
import { Button, IconButton } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { useSubmission } from './use-submission.ts';
import { VoiceExpiryField } from './voice-expiry-field.tsx';
import { useLanguage } from './window-facts.ts';

/** Known voices: of whom, where from, until when; each can be kept longer and deleted, and all together. */
export function VoiceList({
  voices,
  matterName,
  onForgotten,
}: {
  voices: readonly KnownVoiceView[];
  /** The name of a voice's matter; missing where all are of one. */
  matterName?: (matterId: string) => string;
  onForgotten: (message: string) => void;
}) {
  const { t } = useTranslation('voices');
  const [asked, setAsked] = useState<readonly KnownVoiceView[] | null>(null);
  const { error, submit, clearError } = useSubmission();
  if (voices.length === 0) return <p className="text-sm text-ink-soft">{t('none')}</p>;
  return (
    <>
      <ul aria-label={t('list')} className="flex flex-col">
        {voices.map((voice) => (
          <VoiceRow
            key={voice.id}
            voice={voice}
            matter={matterName?.(voice.matterId) ?? null}
            onExpiry={(expiresAtMs) =>
              void submit(() => request('voices.setExpiry', { id: voice.id, expiresAtMs }))
            }
            onForget={() => setAsked([voice])}
          />
        ))}
      </ul>
      {error !== null && (
        <div role="alert">
          <ErrorNotice error={error} onClose={clearError} />
        </div>
      )}
      {voices.length > 1 && (
        <Button className="self-start" onClick={() => setAsked(voices)}>
          <Trash2 aria-hidden size="1rem" />
          {t('forgetAll')}
        </Button>
      )}
      {asked !== null && (
        <ForgetDialog voices={asked} onForgotten={onForgotten} onClose={() => setAsked(null)} />
      )}
    </>
  );
}

function VoiceRow({
  voice: { name, recordingName, speechMs, rememberedAtMs, expiresAtMs },
  matter,
  onExpiry,
  onForget,
}: {
  voice: KnownVoiceView;
  matter: string | null;
  onExpiry: (expiresAtMs: number | null) => void;
  onForget: () => void;
}) {
  const { t } = useTranslation('voices');
  const language = useLanguage();
  const facts = { length: clockLength(speechMs), day: wholeDay(rememberedAtMs, language) };
  return (
    <li className="flex flex-wrap items-end gap-x-3 gap-y-2 border-b border-line py-3 last:border-b-0">
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-sm font-medium [overflow-wrap:anywhere]">{name}</p>
        <p className="text-sm text-ink-soft [overflow-wrap:anywhere]">
          {recordingName === null
            ? t('fromErased', facts)
            : t('from', { recording: recordingName, ...facts })}
        </p>
        {matter !== null && (
          <p className="text-sm text-ink-soft [overflow-wrap:anywhere]">{t('inMatter', { matter })}</p>
        )}
      </div>
      <div className="min-w-0 basis-80">
        <VoiceExpiryField
          label={t('keepOf', { name })}
          expiresAtMs={expiresAtMs}
          fromMs={rememberedAtMs}
          onChange={onExpiry}
        />
      </div>
      <IconButton label={t('forget', { name })} onClick={onForget}>
        <Trash2 aria-hidden size="1.125rem" />
      </IconButton>
    </li>
  );
}

/** Asks before voices are deleted. */
function ForgetDialog({
  voices,
  onForgotten,
  onClose,
}: {
  voices: readonly KnownVoiceView[];
  onForgotten: (message: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('voices');
  const { isBusy, error, submit, clearError } = useSubmission();
  const [first] = voices;
  const count = voices.length;
  const forget = () =>
    submit(async () => {
      await request('voices.forget', { ids: voices.map(({ id }) => id) });
      onForgotten(t('forgotten', { count }));
      onClose();
    });
  return (
    <Dialog
      title={
        count === 1 && first !== undefined
          ? t('forgetTitle', { name: first.name })
          : t('forgetAllTitle', { count })
      }
      description={t('forgetText')}
      onClose={onClose}
    >
      {error !== null && (
        <div role="alert">
          <ErrorNotice error={error} onClose={clearError} />
        </div>
      )}
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button look="danger" disabled={isBusy} onClick={() => void forget()}>
          {t('forgetNow')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
