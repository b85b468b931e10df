import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { SpeakersView } from '../../../../src/contract/speakers.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { Playback } from '../playback/playback.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';
import { HowMany } from './how-many.tsx';
import { SidePanel } from './side-panel.tsx';
import { SimilarList } from './similar-list.tsx';
import { SpeakerRow } from './speaker-row.tsx';
import type { WhoSpeaks } from './who-speaks.ts';

/** What the panel needs of an open transcript. */
interface PanelParts {
  readonly who: WhoSpeaks;
  readonly sync: TranscriptSync;
  readonly editor: TextEditor;
  readonly playback: Playback;
}

/** The panel beside the text: its speakers, or the paragraphs that sound like a corrected one. */
export function SpeakersPanel({ transcript }: { transcript: PanelParts }) {
  const shown = useStore(transcript.who.store, (s) => s.shown);
  if (shown === null) return null;
  return shown === 'similar' ? (
    <SimilarList transcript={transcript} />
  ) : (
    <AllSpeakers transcript={transcript} />
  );
}

function AllSpeakers({ transcript: { who, sync } }: { transcript: PanelParts }) {
  const { t } = useTranslation('speakers');
  const { view, error } = useStore(who.overview.store);
  const named = useStore(sync.store, (s) => s.speakers);
  const unknown = view?.lanes.find(({ speaker }) => speaker === null);
  const speakers = unknown === undefined || unknown.talkMs === 0 ? named : [...named, null];
  const allMs = view?.lanes.reduce((sum, { talkMs }) => sum + talkMs, 0) ?? 0;
  return (
    <SidePanel title={t('title')} closeLabel={t('close')} onClose={() => who.close()}>
      {view === null && error === null && <p role="status">{t('reading')}</p>}
      {error !== null && (
        <ErrorNotice
          error={error}
          remedies={{ retry: () => void who.overview.read() }}
          onClose={() => who.close()}
        />
      )}
      {view !== null && <HowTold view={view} />}
      {view?.canRecount === true && <HowMany view={view} who={who} />}
      {speakers.length > 0 && (
        <ul aria-label={t('list')} className="mt-2 flex flex-col">
          {speakers.map((speaker, place) => (
            <SpeakerRow
              // After a new name it is the same row, which has the focus.
              // biome-ignore lint/suspicious/noArrayIndexKey: a place is what a row stands for
              key={place}
              speaker={speaker}
              place={speaker === null ? -1 : place}
              others={named.filter((other) => other !== speaker)}
              lane={view?.lanes.find((lane) => lane.speaker === speaker)}
              allMs={allMs}
              canSplit={view?.by === 'voices'}
              recognised={view?.recognised.find((one) => one.speaker === speaker) ?? null}
              recordingId={sync.recordingId}
              who={who}
            />
          ))}
        </ul>
      )}
    </SidePanel>
  );
}

/** How the speakers were told apart, and what to do where they were not. */
function HowTold({ view: { by, canRecount, lanes, count } }: { view: SpeakersView }) {
  const { t } = useTranslation('speakers');
  const people = lanes.filter(({ speaker }) => speaker !== null).length;
  const counted = () => {
    if (people === 0) return t('onePerson');
    if (count === null) return t('found', { count: people });
    if (count.isLimit) return t('askedAtMost', { count: people, most: count.speakers });
    return count.speakers === people ? t('askedExactly', { count: people }) : t('found', { count: people });
  };
  return (
    <p className="text-ink-soft">
      {by === 'channels' && t('byChannels')}
      {by === 'voices' && counted()}
      {by === 'nothing' && (canRecount ? t('notTold') : t('notTellable'))}
    </p>
  );
}
