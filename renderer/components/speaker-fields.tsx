import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import {
  peopleFrom,
  SPEAKER_MODES,
  type SpeakerMode,
  type SpeakerOptions,
  speakerMode,
  speakerOptions,
} from '../lib/speaker-choice.ts';
import { Field, Select } from './field.tsx';

/** The numbers that are likeliest where one is asked for. */
const LIKELY = { exactly: 2, atMost: 4 } as const;

/** Asks how many speak: automatic, exactly or at most so many, one on each channel, or not told apart. */
export function SpeakerFields({
  options,
  usual,
  modes = SPEAKER_MODES,
  hint,
  autoFocus = false,
  onChange,
}: {
  options: SpeakerOptions;
  /** One more answer, the first: as it is set elsewhere. */
  usual?: { readonly options: SpeakerOptions; readonly isChosen: boolean; readonly choose: () => void };
  /** The answers to choose from. */
  modes?: readonly SpeakerMode[];
  /** Said of any answer, in place of what each of them means. */
  hint?: string | undefined;
  autoFocus?: boolean;
  onChange: (options: SpeakerOptions) => void;
}) {
  const { t } = useTranslation('speaking');
  const mode = speakerMode(options);
  const isUsual = usual?.isChosen === true;
  const people = isUsual ? undefined : options.speakerCount?.speakers;
  const choose = (wanted: SpeakerMode | 'usual') => {
    if (wanted === 'usual') usual?.choose();
    else onChange(speakerOptions(wanted, numberFor(wanted, people)));
  };
  const answers = modes.map((value) => ({ value, label: t(`mode_${value}`) }));
  const asUsual =
    usual === undefined
      ? []
      : [{ value: 'usual' as const, label: t('asUsual', { how: spokenOptions(t, usual.options) }) }];
  return (
    <Field label={t('howMany')} hint={hint ?? t(`hint_${mode}`)}>
      {(ids) => (
        <div className="flex flex-wrap gap-2">
          <Select
            {...ids}
            autoFocus={autoFocus}
            className="min-w-40 flex-1"
            value={isUsual ? 'usual' : mode}
            onChoose={choose}
            options={[...asUsual, ...answers]}
          />
          {people !== undefined && (
            <Select
              aria-label={t('people')}
              className="w-36"
              value={String(people)}
              onChoose={(value) => onChange(speakerOptions(mode, Number(value)))}
              options={peopleFrom(mode).map((count) => ({
                value: String(count),
                label: t('peopleCount', { count }),
              }))}
            />
          )}
        </div>
      )}
    </Field>
  );
}

/** The answer in a few words. */
export function spokenOptions(t: TFunction<'speaking'>, options: SpeakerOptions): string {
  const { speakers, speakerCount } = options;
  if (speakers !== 'auto') return t(`told_${speakers}`);
  if (speakerCount === null) return t('mode_auto');
  const { speakers: count, isLimit } = speakerCount;
  return isLimit ? t('atMostCount', { count }) : t('peopleCount', { count });
}

/** The number that is asked for, as far as the answer allows it; else the likeliest. */
function numberFor(mode: SpeakerMode, people: number | undefined): number {
  const likely = mode === 'exactly' || mode === 'atMost' ? LIKELY[mode] : 1;
  return Math.max(people ?? likely, peopleFrom(mode)[0] ?? 1);
}
