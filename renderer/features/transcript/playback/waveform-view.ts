import { createStore, type StoreApi } from 'zustand/vanilla';

/** What of a recording the waveform shows. */
export interface WaveformPlace {
  /** Width of the whole recording in CSS pixels; null while it is as wide as its frame. */
  readonly totalPx: number | null;
  /** How many of them are left of what is shown. */
  readonly scrollPx: number;
}

/** The drawn waveform, as far as its view is concerned (WaveSurfer's names). */
interface DrawnWaveform {
  getScroll(): number;
  setScroll(pixels: number): void;
  getWrapper(): HTMLElement;
}

/** The part of the recording that the waveform shows: followed by what is drawn above it. */
export class WaveformView {
  readonly store: StoreApi<WaveformPlace> = createStore(() => ({ totalPx: null, scrollPx: 0 }));
  #drawn: DrawnWaveform | null = null;

  /** The waveform was drawn, zoomed or scrolled; null: there is none. */
  show(drawn: DrawnWaveform | null): void {
    this.#drawn = drawn;
    const totalPx = drawn?.getWrapper().clientWidth ?? 0;
    const place = { totalPx: totalPx > 0 ? totalPx : null, scrollPx: drawn?.getScroll() ?? 0 };
    const shown = this.store.getState();
    if (place.totalPx !== shown.totalPx || place.scrollPx !== shown.scrollPx) this.store.setState(place);
  }

  /** Scrolls so far that this place of the recording, in pixels from its start, is in the middle. */
  centre(px: number, framePx: number): void {
    this.#drawn?.setScroll(Math.max(0, px - framePx / 2));
  }
}
