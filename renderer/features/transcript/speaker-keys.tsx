import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Tooltip } from '../../components/tooltip.tsx';
import { classNames } from '../../lib/class-names.ts';
import type { TranscriptDesk } from './transcript-desk.ts';
import { useKeySpeakers } from './use-key-speakers.ts';

/** Which digit stands for which speaker, while playing. Dimmed while digits are text. */
export function SpeakerKeys({ desk }: { desk: TranscriptDesk }) {
  const { t } = useTranslation('transcript');
  const { state } = desk.session;
  const isPlaying = useStore(state, (s) => s.player.playing);
  const isTyping = useStore(state, (s) => s.isTyping);
  const assigning = useStore(state, (s) => s.assigning);
  const speakers = useKeySpeakers(desk);
  if (!isPlaying) return null;
  return (
    <fieldset className="mb-1.5 flex flex-wrap items-center gap-1.5 text-sm">
      <legend className="float-left mr-1 text-ink-soft">
        {isTyping ? t('whoSpokeTyping') : t('whoSpoke')}
      </legend>
      {speakers.map((speaker, index) => (
        <Tooltip
          key={speaker}
          text={t('assignFromHere', { speaker })}
          shortcut={isTyping ? undefined : String(index + 1)}
        >
          <button
            type="button"
            aria-pressed={assigning === speaker}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => desk.assignNumber(index + 1, speakers)}
            className={classNames(
              'inline-flex min-h-7 max-w-48 items-center gap-1.5 rounded-full border px-2.5',
              assigning === speaker
                ? 'border-accent bg-accent text-accent-ink'
                : 'border-line bg-surface text-ink hover:bg-hover',
            )}
          >
            <kbd className={classNames('figures font-sans font-semibold', isTyping && 'line-through')}>
              {index + 1}
            </kbd>
            <span className="truncate">{speaker}</span>
          </button>
        </Tooltip>
      ))}
    </fieldset>
  );
}
