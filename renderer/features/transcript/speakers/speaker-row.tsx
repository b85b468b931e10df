import { Ellipsis, Pencil, Play, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { SpeakerLane } from '../../../../src/contract/speakers.ts';
import { IconButton } from '../../../components/button.tsx';
import { MenuButton } from '../../../components/menu.tsx';
import { SpeakerSwatch } from '../../../components/speaker-swatch.tsx';
import { useLanguage } from '../../../components/window-facts.ts';
import { clockLength, percentage } from '../../../lib/format.ts';
import { speakerColour } from '../../../lib/speaker-colours.ts';
import { attempt, say } from '../../../stores/toasts.ts';
import { answerRecognised, type RecognisedVoice } from './answer-recognised.ts';
import { RecognisedSpeaker } from './recognised-speaker.tsx';
import { RememberVoiceDialog } from './remember-voice-dialog.tsx';
import { AlsoQuestion, NameQuestion } from './speaker-row-questions.tsx';
import type { WhoSpeaks } from './who-speaks.ts';

/** One speaker: name, talking time, a sample, and what can be changed about all that they say. */
export function SpeakerRow({
  speaker,
  place,
  others,
  lane,
  allMs,
  canSplit,
  recognised,
  recordingId,
  who,
}: {
  /** Null for passages of nobody known. */
  speaker: string | null;
  place: number;
  /** All other speakers of the text. */
  others: readonly string[];
  /** Undefined while it is not known. */
  lane: SpeakerLane | undefined;
  /** How long all speakers talk together. */
  allMs: number;
  canSplit: boolean;
  /** The remembered voice that named the speaker; null if none did, or the user has said whether it is right. */
  recognised: RecognisedVoice | null;
  recordingId: string;
  who: WhoSpeaks;
}) {
  const { t } = useTranslation(['speakers', 'voices']);
  const language = useLanguage();
  const [isRemembering, setRemembering] = useState(false);
  const what = useStore(who.store, ({ asked }) => (asked?.speaker === speaker ? asked.what : null));
  const isTelling = useStore(who.store, (s) => s.isTelling);
  const isSampled = useStore(
    who.sample.store,
    ({ playing }) => playing !== null && playing.speaker === speaker,
  );
  const pencil = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(what);
  useEffect(() => {
    if (wasAsked.current !== null && what === null) pencil.current?.focus();
    wasAsked.current = what;
  }, [what]);

  const name = speaker ?? t('nobody');
  const share = lane === undefined || allMs === 0 ? 0 : lane.talkMs / allMs;
  const rename = (to: string) =>
    attempt(async () => {
      const isMerged = others.includes(to);
      if (await who.rename(speaker, to)) say(t(isMerged ? 'merged' : 'renamed', { from: name, to }));
    });
  const split = () => {
    if (speaker === null || isTelling) return;
    attempt(async () => {
      const answer = await who.split(speaker);
      if (answer === null) return;
      const speakers = new Intl.ListFormat(language).format(answer.speakers);
      say(answer.changed ? t('splitDone', { speaker, speakers }) : t('splitNot', { speaker }));
    });
  };
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <div className="flex items-center gap-1">
        <SpeakerSwatch place={place} />
        <div className="min-w-0 flex-1 pl-1.5">
          <p className="font-semibold [overflow-wrap:anywhere]">{name}</p>
          {lane !== undefined && (
            <p className="figures text-ink-soft">
              {t('talk', { length: clockLength(lane.talkMs), share: percentage(share, language) })}
            </p>
          )}
        </div>
        <IconButton
          label={t(isSampled ? 'stopSample' : 'playSample', { speaker: name })}
          disabled={lane === undefined || lane.turns.length === 0}
          onClick={() => who.playSample(speaker)}
        >
          {isSampled ? <Square aria-hidden size="1rem" /> : <Play aria-hidden size="1rem" />}
        </IconButton>
        <IconButton
          ref={pencil}
          label={speaker === null ? t('nameUnknown') : t('rename', { speaker })}
          onClick={() => who.ask({ speaker, what: 'name' })}
        >
          <Pencil aria-hidden size="1rem" />
        </IconButton>
        {speaker !== null && (
          <MenuButton
            label={t('actions', { speaker })}
            trigger={
              <IconButton label={t('actions', { speaker })}>
                <Ellipsis aria-hidden size="1.125rem" />
              </IconButton>
            }
            items={[
              {
                kind: 'action',
                id: 'also',
                label: t('also'),
                run: () => who.ask({ speaker, what: 'also' }),
              },
              ...(canSplit
                ? [
                    { kind: 'action' as const, id: 'split', label: t('split'), run: split },
                    {
                      kind: 'action' as const,
                      id: 'remember',
                      label: t('voices:remember'),
                      run: () => setRemembering(true),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </div>
      <div aria-hidden className="mt-1 h-1 overflow-hidden rounded-full bg-line">
        <div
          className="h-full rounded-full"
          style={{ width: `${share * 100}%`, background: speakerColour(place) }}
        />
      </div>
      {recognised !== null && speaker !== null && (
        <RecognisedSpeaker
          name={speaker}
          certainty={recognised.certainty}
          onAnswer={(isRight) =>
            attempt(() => answerRecognised({ recordingId, speaker, others, isRight, who, ...recognised }))
          }
        />
      )}
      {isRemembering && speaker !== null && (
        <RememberVoiceDialog
          recordingId={recordingId}
          speaker={speaker}
          onRename={rename}
          onClose={() => setRemembering(false)}
        />
      )}
      {what === 'name' && <NameQuestion speaker={speaker} onName={rename} onCancel={() => who.ask(null)} />}
      {what === 'also' && speaker !== null && (
        <AlsoQuestion speaker={speaker} others={others} onChoose={rename} onCancel={() => who.ask(null)} />
      )}
    </li>
  );
}
