import type { TFunction } from 'i18next';
import type { Marker } from '../../../../src/contract/capture.ts';
import { clock } from '../document/clock.ts';
import type { ShownMarker } from '../editor/marker-marks.ts';

/** The editor's markers. */
export function shownMarkers(
  markers: readonly Marker[],
  t: TFunction<['transcript', 'rerun', 'record', 'checking']>,
  goTo: (timeMs: number) => void,
): ShownMarker[] {
  return markers.map((marker) => {
    const time = clock(marker.atMs);
    const { label } = marker;
    const sentence =
      label === '' ? t('record:markerAt', { time }) : t('record:markerNamedAt', { label, time });
    return { ...marker, sentence, play: () => goTo(marker.atMs) };
  });
}
