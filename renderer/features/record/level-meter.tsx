import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaptureInput, CaptureLevel } from '../../../src/contract/capture.ts';
import { classNames } from '../../lib/class-names.ts';
import { levelKey, useCaptureLevels } from '../../stores/captures.ts';
import { FLOOR_DB, LevelHistory, type LevelKind, meterShare } from './level-history.ts';

/** How often the meter moves if the user wants few movements. */
const CALM_MS = 1000;

/**
 * The level of an input, which moves with the voice. Its value for screen readers is a word, and changes only with it.
 */
export function LevelMeter({
  captureId,
  input,
  isPaused,
}: {
  captureId: string;
  input: CaptureInput;
  isPaused: boolean;
}) {
  const { t } = useTranslation('record');
  const fill = useRef<HTMLSpanElement>(null);
  const peak = useRef<HTMLSpanElement>(null);
  const [kind, setKind] = useState<LevelKind>('silent');
  useEffect(() => {
    const history = new LevelHistory();
    let drawnAt = Number.NEGATIVE_INFINITY;
    // Drawn without React: levels come ten times a second, for hours.
    const draw = (level: CaptureLevel | undefined) => {
      const atMs = performance.now();
      const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (level !== undefined) setKind(history.add(level, atMs));
      if (level !== undefined && isCalm && atMs - drawnAt < CALM_MS) return;
      drawnAt = atMs;
      if (fill.current !== null)
        fill.current.style.transform = `scaleX(${meterShare(level?.rmsDb ?? FLOOR_DB)})`;
      if (peak.current !== null) peak.current.style.left = `${meterShare(level?.peakDb ?? FLOOR_DB) * 100}%`;
    };
    const key = levelKey(captureId, input);
    draw(isPaused ? undefined : useCaptureLevels.getState().levels[key]);
    if (isPaused) return;
    return useCaptureLevels.subscribe(({ levels }, { levels: before }) => {
      if (levels[key] !== before[key]) draw(levels[key]);
    });
  }, [captureId, input, isPaused]);
  const isLoud = kind === 'loud' && !isPaused;
  return (
    <span
      role="meter"
      aria-label={input === 'microphone' ? t('level') : t('levelSystem')}
      aria-valuemin={0}
      aria-valuemax={3}
      aria-valuenow={isPaused ? 0 : LEVEL_KINDS.indexOf(kind)}
      aria-valuetext={isPaused ? t('state_paused') : t(`level_${kind}`)}
      data-level={isPaused ? 'paused' : kind}
      className="relative block h-2 w-full overflow-hidden rounded-full bg-line"
    >
      <span
        ref={fill}
        className={classNames(
          'block h-full origin-left rounded-full transition-transform duration-100',
          isLoud ? 'bg-danger' : 'bg-accent',
        )}
      />
      <span
        ref={peak}
        className={classNames(
          'absolute inset-y-0 -ml-0.5 w-0.5 transition-[left] duration-100',
          isLoud ? 'bg-danger' : 'bg-accent',
        )}
      />
    </span>
  );
}

const LEVEL_KINDS: readonly LevelKind[] = ['silent', 'quiet', 'good', 'loud'];
