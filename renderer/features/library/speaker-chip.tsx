import { useTranslation } from 'react-i18next';
import type { MenuItem } from '../../components/menu.tsx';
import { spokenOptions } from '../../components/speaker-fields.tsx';
import { type SpeakerOptions, speakerMode, speakerOptions } from '../../lib/speaker-choice.ts';
import { showOverlay } from '../../stores/navigation.ts';
import { Chip } from './chip.tsx';

/** Numbers of people that the menu offers; it leads to the others. */
const OFFERED = [1, 2, 3, 4, 5, 6];

/** How many speak: the likely numbers in a menu, every other one in a dialog. */
export function SpeakerChip({
  recordingId,
  choice,
  tabIndex,
  onChange,
}: {
  recordingId: string;
  choice: SpeakerOptions;
  tabIndex: number;
  onChange: (options: SpeakerOptions) => void;
}) {
  const { t } = useTranslation(['speaking', 'library']);
  const mode = speakerMode(choice);
  const people = choice.speakerCount?.speakers ?? 1;
  const isOffered = mode === 'exactly' && OFFERED.includes(people);
  const item = (id: string, label: string, options: SpeakerOptions, chosen: boolean): MenuItem => ({
    kind: 'choice',
    id,
    label,
    chosen,
    run: () => onChange(options),
  });
  const items = (): MenuItem[] => [
    { kind: 'heading', id: 'howMany', label: t('howMany') },
    item('auto', t('mode_auto'), speakerOptions('auto', 1), mode === 'auto'),
    ...OFFERED.map((count) =>
      item(
        `${count}`,
        t('peopleCount', { count }),
        speakerOptions('exactly', count),
        isOffered && count === people,
      ),
    ),
    ...(choice.speakerCount === null || isOffered
      ? []
      : [item('number', spokenOptions(t, choice), choice, true)]),
    {
      kind: 'action',
      id: 'another',
      label: t('anotherNumber'),
      run: () => showOverlay({ kind: 'speakerCount', recordingId }),
    },
    { kind: 'line', id: 'line' },
    item('channels', t('told_channels'), speakerOptions('channels', 1), mode === 'channels'),
    item('none', t('told_none'), speakerOptions('none', 1), mode === 'none'),
  ];
  return (
    <Chip
      label={t('library:speakers')}
      text={mode === 'auto' ? t('automaticSpeakers') : spokenOptions(t, choice)}
      tabIndex={tabIndex}
      items={items}
    />
  );
}
