import { useTranslation } from 'react-i18next';
import type { SpeakerLane } from '../../src/contract/speakers.ts';
import { clockLength, percentage } from '../lib/format.ts';
import { speakerColour } from '../lib/speaker-colours.ts';
import { useLanguage } from './window-facts.ts';

/** Each speaker's share of the talking time: a bar, the per cent, and the time. Where two talk at once, both do. */
export function TalkShares({ lanes }: { lanes: readonly SpeakerLane[] }) {
  const { t } = useTranslation('speaking');
  const language = useLanguage();
  const order = lanes.flatMap(({ speaker }) => speaker ?? []);
  const totalMs = lanes.reduce((sum, { talkMs }) => sum + talkMs, 0);
  const shareOf = (talkMs: number) => (totalMs === 0 ? 0 : talkMs / totalMs);
  return (
    <ul className="flex flex-col gap-2.5">
      {lanes.map(({ speaker, talkMs }) => (
        <li key={speaker ?? ''}>
          <p className="flex items-baseline gap-3">
            <span className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere]">
              {speaker ?? t('nobodyKnown')}
            </span>
            <span className="figures shrink-0">{percentage(shareOf(talkMs), language)}</span>
            <span className="figures min-w-14 shrink-0 text-right text-ink-soft">{clockLength(talkMs)}</span>
          </p>
          <div aria-hidden className="mt-1 h-1.5 rounded-full bg-sunken">
            <div
              className="h-full min-w-1 rounded-full"
              style={{
                width: `${100 * shareOf(talkMs)}%`,
                background: speakerColour(speaker === null ? -1 : order.indexOf(speaker)),
              }}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
