import { Info, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CaptureView, CaptureWarning } from '../../../src/contract/capture.ts';
import { classNames } from '../../lib/class-names.ts';
import { MicrophoneMenu } from './microphone-menu.tsx';

/** Warnings of which each means that what is said may be missing in the end; they are read out at once. */
const URGENT: ReadonlySet<CaptureWarning> = new Set(['silence', 'microphoneLost', 'diskLow']);
/** Those for which another microphone may help. */
const OF_MICROPHONE: ReadonlySet<CaptureWarning> = new Set(['silence', 'noSpeech', 'microphoneLost']);

/** What is wrong with a running session, in plain words, with what to do; nothing if all is well. */
export function CaptureWarnings({ capture }: { capture: CaptureView }) {
  const urgent = capture.warnings.filter((warning) => URGENT.has(warning));
  const others = capture.warnings.filter((warning) => !URGENT.has(warning));
  // Both stay mounted: what is put into a live region is read out, but not one that comes with its text.
  return (
    <>
      <div role="alert">
        {urgent.map((warning) => (
          <WarningLine key={warning} warning={warning} capture={capture} />
        ))}
      </div>
      <div role="status">
        {others.map((warning) => (
          <WarningLine key={warning} warning={warning} capture={capture} />
        ))}
      </div>
    </>
  );
}

function WarningLine({ warning, capture }: { warning: CaptureWarning; capture: CaptureView }) {
  const sentence = useSentence(warning, capture);
  const isUrgent = URGENT.has(warning);
  const Icon = isUrgent ? TriangleAlert : Info;
  return (
    <div
      data-warning={warning}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-warning-wash px-4 py-1.5 text-sm"
    >
      <Icon
        aria-hidden
        size="1rem"
        className={classNames('shrink-0', isUrgent ? 'text-danger' : 'text-warning')}
      />
      <p className={classNames('min-w-48 flex-1', isUrgent && 'font-medium')}>{sentence}</p>
      {OF_MICROPHONE.has(warning) && <MicrophoneMenu capture={capture} isRemedy />}
    </div>
  );
}

function useSentence(warning: CaptureWarning, { microphone, minutesLeft }: CaptureView): string {
  const { t } = useTranslation('record');
  switch (warning) {
    case 'deviceChanged':
      return t('warning_deviceChanged', { name: microphone ?? t('microphoneNone') });
    case 'diskLow':
      return minutesLeft === null
        ? t('warning_diskSoonFull')
        : t('warning_diskLow', { count: Math.floor(minutesLeft) });
    default:
      return t(`warning_${warning}`);
  }
}
