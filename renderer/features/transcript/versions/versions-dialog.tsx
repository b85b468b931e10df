import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../../src/contract/errors.ts';
import { languageName } from '../../../../src/contract/languages.ts';
import type { VersionView } from '../../../../src/contract/views.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useLanguage } from '../../../components/window-facts.ts';
import { appErrorOf, request } from '../../../lib/client.ts';
import { fullDate } from '../../../lib/format.ts';
import { foundPercent } from '../../../stores/existing-texts.ts';
import { leaveVersion, openVersion } from '../../../stores/navigation.ts';
import { versionWords } from './version-name.ts';

/** The versions of a transcript, the newest first; Enter opens one. */
export function VersionsDialog({ recordingId, onClose }: { recordingId: string; onClose: () => void }) {
  const { t } = useTranslation('versions');
  const [versions, setVersions] = useState<readonly VersionView[] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => {
    let isGone = false;
    request('transcripts.versions', { recordingId }).then(
      (found) => !isGone && setVersions(found),
      (thrown: unknown) => !isGone && setError(appErrorOf(thrown)),
    );
    return () => {
      isGone = true;
    };
  }, [recordingId]);

  // The dialog is drawn as a whole, so that the focus starts at its first version.
  if (versions === null && error === null) return null;
  return (
    <Dialog title={t('title')} description={t('about')} onClose={onClose}>
      {error !== null && <ErrorNotice error={error} onClose={onClose} />}
      <ul className="-mx-3 flex flex-col">
        {versions?.map((version) => (
          <li key={version.id}>
            <VersionRow
              version={version}
              onOpen={() =>
                version.isCurrent ? leaveVersion(recordingId) : openVersion(recordingId, version.id)
              }
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function VersionRow({ version, onOpen }: { version: VersionView; onOpen: () => void }) {
  const { t } = useTranslation(['versions', 'texts']);
  const language = useLanguage();
  const words = versionWords(version, t, language);
  const facts = [
    ...(version.brought == null
      ? []
      : [t('texts:found', { file: version.brought.name, percent: foundPercent(version.brought.fit) })]),
    ...(version.isLive ? [t('live')] : []),
    t('byModel', { model: version.model }),
    ...(version.language === null ? [] : [languageName(version.language, language)]),
    ...(version.kind === 'edited' ? [t('changed', { count: version.changedSegments })] : []),
    ...(version.complete ? [] : [t('incomplete')]),
  ];
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-current={version.isCurrent || undefined}
      className="flex w-full flex-wrap items-baseline gap-x-3 gap-y-0.5 rounded-md px-3 py-2.5 text-left hover:bg-hover aria-[current]:bg-selected"
    >
      <span className="min-w-0 flex-1 font-medium">{t('name', words)}</span>
      <time
        dateTime={new Date(version.writtenAtMs).toISOString()}
        title={fullDate(version.writtenAtMs, language)}
        className="figures shrink-0 text-sm text-ink-soft"
      >
        {words.date}
      </time>
      <span className="w-full text-sm [overflow-wrap:anywhere] text-ink-soft">{facts.join(' · ')}</span>
      {version.isCurrent && <span className="text-sm font-medium text-accent">{t('current')}</span>}
    </button>
  );
}
