import { FastForward, Gauge, Pause, Play, Repeat, Rewind, ZoomIn, ZoomOut } from 'lucide-react';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { IconButton } from '../../../components/button.tsx';
import { MenuButton } from '../../../components/menu.tsx';
import { useLanguage } from '../../../components/window-facts.ts';
import { classNames } from '../../../lib/class-names.ts';
import { clock, playerClock } from '../document/clock.ts';
import type { Caret } from '../editor/caret.ts';
import type { Playback } from './playback.ts';
import type { PlaybackAction } from './playback-actions.ts';
import { ChannelButtons, SoundMenu } from './sound-menu.tsx';
import { SpeakerLanes } from './speaker-lanes.tsx';
import { type Listened, UnheardLine } from './unheard-line.tsx';
import { Waveform, ZOOM_STEPS } from './waveform.tsx';
import { WaveformView } from './waveform-view.ts';

/** Step of the slider's keys: its own steps would be milliseconds. */
const SLIDER_KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -1000,
  ArrowDown: -1000,
  ArrowRight: 1000,
  ArrowUp: 1000,
  PageDown: -10_000,
  PageUp: 10_000,
};

const RATES = [0.5, 0.75, 0.875, 1, 1.125, 1.25, 1.5, 1.75, 2];

/** The audio of a text: play, speed, waveform, and above them the playback notices. */
export function PlayerBar({
  recordingId,
  playback,
  caret,
  durationMs,
  act,
  turns,
  listened,
  children,
}: {
  recordingId: string;
  playback: Playback;
  caret: Caret;
  durationMs: number;
  act: (action: PlaybackAction) => void;
  /** Who speaks when; not known of every text. */
  turns?: Pick<ComponentProps<typeof SpeakerLanes>, 'lanes' | 'speakers' | 'onPlay'>;
  /** What was listened to; not followed in every text. */
  listened?: Listened;
  children?: ReactNode;
}) {
  const { t } = useTranslation('transcript');
  const language = useLanguage();
  const player = useStore(playback.store, (s) => s.player);
  const soundFailed = useStore(playback.store, (s) => s.soundFailed);
  const selectionIsEmpty = useStore(caret.store, (s) => s.selectionIsEmpty);
  const [zoom, setZoom] = useState(0);
  const [view] = useState(() => new WaveformView());
  const rate = new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(player.rate);
  const isLooping = player.range?.isLoop === true;
  return (
    <section aria-label={t('player')} className="border-t border-line bg-surface px-4 pt-2 pb-2.5">
      {children}
      {soundFailed && (
        <p role="alert" className="mb-1 text-sm text-danger">
          {t('soundFailed')}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-1 @3xl/page:flex-nowrap">
        <IconButton label={t('back')} shortcut="back" onClick={() => act('back')}>
          <Rewind aria-hidden size="1.0625rem" />
        </IconButton>
        <IconButton
          look="primary"
          className="size-10 min-h-10 rounded-full!"
          label={player.playing ? t('pause') : t('play')}
          shortcut="playPause"
          onClick={() => act('playPause')}
        >
          {player.playing ? <Pause aria-hidden size="1.1875rem" /> : <Play aria-hidden size="1.1875rem" />}
        </IconButton>
        <IconButton label={t('forward')} shortcut="forward" onClick={() => act('forward')}>
          <FastForward aria-hidden size="1.0625rem" />
        </IconButton>
        <Clock playback={playback} durationMs={durationMs} />
        {/* Where there is little room, a line of its own: beside the buttons no more than a thumb's width would be left. */}
        <div className="order-last hidden min-w-0 basis-full items-center @xl/page:flex @3xl/page:order-none @3xl/page:flex-1 @3xl/page:basis-0">
          <ChannelButtons sound={playback.sound} />
          <div className="vs-waveform flex min-w-0 flex-1 flex-col rounded-md px-2">
            {turns !== undefined && (
              <SpeakerLanes
                {...turns}
                durationMs={durationMs}
                view={view}
                now={() => playback.player.timeMs}
              />
            )}
            {listened !== undefined && (
              <UnheardLine listened={listened} durationMs={durationMs} view={view} />
            )}
            <Waveform
              recordingId={recordingId}
              media={playback.player.media}
              durationMs={durationMs}
              zoom={zoom}
              view={view}
              label={t('waveform')}
            />
          </div>
        </div>
        <span className="flex-1 @3xl/page:hidden" />
        <span className="hidden @xl/page:contents">
          <IconButton label={t('zoomOut')} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
            <ZoomOut aria-hidden size="1.0625rem" />
          </IconButton>
          <IconButton
            label={t('zoomIn')}
            disabled={zoom === ZOOM_STEPS.length - 1}
            onClick={() => setZoom(zoom + 1)}
          >
            <ZoomIn aria-hidden size="1.0625rem" />
          </IconButton>
        </span>
        <IconButton
          label={isLooping ? t('endLoop') : t('loop')}
          shortcut="loop"
          aria-pressed={isLooping}
          disabled={!isLooping && selectionIsEmpty}
          className={classNames('size-8 min-h-8 p-0', isLooping && 'bg-selected')}
          onClick={() => act('loop')}
        >
          <Repeat aria-hidden size="1.0625rem" />
        </IconButton>
        <SoundMenu sound={playback.sound} />
        <MenuButton
          label={t('speed')}
          trigger={
            <IconButton label={t('speedNow', { rate })} className="figures w-auto! px-2 text-sm">
              <Gauge aria-hidden size="1rem" />
              {rate}×
            </IconButton>
          }
          items={RATES.map((one) => ({
            kind: 'choice',
            id: String(one),
            label: `${new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(one)}×`,
            chosen: one === player.rate,
            run: () => playback.player.setRate(one),
          }))}
        />
      </div>
    </section>
  );
}

/** The playhead's time, and its slider for the keyboard. */
function Clock({ playback, durationMs }: { playback: Playback; durationMs: number }) {
  const { t } = useTranslation('transcript');
  const timeMs = useStore(playback.store, (s) => s.timeMs);
  return (
    <div className="figures flex min-w-0 items-center gap-2 pl-2 text-sm">
      <span>{playerClock(timeMs)}</span>
      <span className="hidden text-ink-soft @3xl/page:inline">/ {clock(durationMs)}</span>
      <input
        type="range"
        min={0}
        max={Math.max(1, durationMs)}
        step={1}
        value={Math.round(Math.min(durationMs, timeMs))}
        aria-label={t('playhead')}
        aria-valuetext={clock(timeMs)}
        onChange={(event) => playback.player.seek(Number(event.target.value))}
        onKeyDown={(event) => {
          const byMs = SLIDER_KEYS[event.key];
          if (byMs === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          playback.player.skip(byMs);
        }}
        className="w-24 min-w-8 shrink accent-accent @xl/page:sr-only"
      />
    </div>
  );
}
