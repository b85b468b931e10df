import { Volume2, VolumeX } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { MOST_GAIN_DB } from '../../../../src/contract/editor-tools.ts';
import { IconButton } from '../../../components/button.tsx';
import { PopoverContent } from '../../../components/popover-content.tsx';
import { Tooltip } from '../../../components/tooltip.tsx';
import { useLanguage } from '../../../components/window-facts.ts';
import { classNames } from '../../../lib/class-names.ts';
import { GAIN_STEP_DB, type RecordingSoundSetting } from './recording-sound.ts';

/** A gain as displayed: `+12`. */
function useGainLabel(gainDb: number): string {
  const language = useLanguage();
  return new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(gainDb);
}

/** How loud a recording is played, and which channel of it: a button that shows it, and opens its choices. */
export function SoundMenu({ sound }: { sound: RecordingSoundSetting }) {
  const { t } = useTranslation('editorTools');
  const { gainDb, solo } = useStore(sound.store);
  const gain = t('gainValue', { gain: useGainLabel(gainDb) });
  const isPlain = gainDb === 0 && solo === null;
  const id = useId();
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton
          label={t('soundNow', { gain })}
          className={classNames('figures w-auto! px-2 text-sm', !isPlain && 'bg-selected')}
        >
          <Volume2 aria-hidden size="1rem" />
          {gainDb > 0 && <span className="hidden @xl/page:inline">{gain}</span>}
        </IconButton>
      </Popover.Trigger>
      <PopoverContent align="end" label={t('sound')} className="w-72 gap-3 p-3">
        <div className="flex flex-col gap-1.5">
          <div className="flex items-baseline justify-between gap-3">
            <label htmlFor={id} className="font-semibold">
              {t('gain')}
            </label>
            <span className="figures">{gain}</span>
          </div>
          <input
            id={id}
            type="range"
            min={0}
            max={MOST_GAIN_DB}
            step={GAIN_STEP_DB}
            value={gainDb}
            aria-valuetext={gain}
            aria-describedby={`${id}hint`}
            onChange={(event) => sound.setGain(Number(event.target.value))}
            className="w-full accent-accent"
          />
          <p id={`${id}hint`} className="text-ink-soft">
            {t('gainHint')}
          </p>
        </div>
        {sound.channels > 1 && (
          <fieldset className="border-t border-line pt-2.5">
            <legend className="sr-only">{t('hear')}</legend>
            {[null, ...channelsOf(sound)].map((channel) => (
              <label
                key={channel ?? 'all'}
                className="-mx-1.5 flex min-h-8 items-center gap-2.5 rounded-md px-1.5 hover:bg-hover"
              >
                <input
                  type="radio"
                  name={`${id}hear`}
                  className="accent-accent"
                  checked={solo === channel}
                  onChange={() => sound.setSolo(channel)}
                />
                {channel === null ? t('hearAll') : t('hearOne', { number: channel + 1 })}
              </label>
            ))}
          </fieldset>
        )}
      </PopoverContent>
    </Popover.Root>
  );
}

/** Beside the waveform, a button for each channel: heard alone, silent, or neither. Nothing for a single channel. */
export function ChannelButtons({ sound }: { sound: RecordingSoundSetting }) {
  const { t } = useTranslation('editorTools');
  const solo = useStore(sound.store, (s) => s.solo);
  if (sound.channels < 2) return null;
  return (
    <fieldset className="ml-2 flex shrink-0 flex-col justify-center gap-1">
      <legend className="sr-only">{t('channels')}</legend>
      {channelsOf(sound).map((channel) => {
        const number = channel + 1;
        const isSilent = solo !== null && solo !== channel;
        const label = t('hearOne', { number });
        return (
          <Tooltip
            key={channel}
            text={label}
            {...(channel < 2 && { shortcut: `hearChannel${number as 1 | 2}` as const })}
          >
            <button
              type="button"
              aria-pressed={solo === channel}
              aria-label={label}
              onClick={() => sound.toggleSolo(channel)}
              className={classNames(
                'figures flex h-6 min-w-6 items-center justify-center rounded border px-1 text-xs',
                solo === channel
                  ? 'border-accent bg-selected font-medium'
                  : 'border-line-strong hover:bg-hover',
                isSilent && 'text-ink-soft',
              )}
            >
              {isSilent ? <VolumeX aria-hidden size="0.8125rem" /> : number}
            </button>
          </Tooltip>
        );
      })}
    </fieldset>
  );
}

function channelsOf(sound: RecordingSoundSetting): number[] {
  return Array.from({ length: sound.channels }, (_, channel) => channel);
}
