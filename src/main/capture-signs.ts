import { app, type BrowserWindow, Menu, type NativeImage, nativeImage, Tray } from 'electron';
import type { CaptureView } from '../contract/capture.ts';
import type { DialogTexts } from './dialogs.ts';

/** Size of the icon in pixels. */
const SIZE = 32;

/** Colours of the icon's dot, as blue, green and red. */
const DOT = { recording: [0x2b, 0x2b, 0xd9], paused: [0x80, 0x80, 0x80] } as const;

type Shown = keyof typeof DOT;

/** Dependencies of the signs. */
export interface CaptureSignsParts {
  readonly window: () => BrowserWindow | null;
  readonly texts: () => DialogTexts;
  /** Brings the window to the front. */
  readonly show: () => void;
  /** Stops what is recorded. */
  readonly stop: () => void;
}

/**
 * Signs outside the window that something is being recorded: an icon in the tray, where the system has one, that can stop
 * it; a mark on the dock's or the taskbar's icon. They name nothing.
 */
export class CaptureSigns {
  readonly #parts: CaptureSignsParts;
  #shown: Shown | null = null;
  #marked: BrowserWindow | null = null;
  #tray: Tray | null = null;

  constructor(parts: CaptureSignsParts) {
    this.#parts = parts;
  }

  /** Shows what is running. */
  show(running: readonly Pick<CaptureView, 'state'>[]): void {
    const isPaused = running.every(({ state }) => state === 'paused');
    const shown = running.length === 0 ? null : isPaused ? 'paused' : 'recording';
    const window = this.#parts.window();
    if (shown === this.#shown && window === this.#marked) return;
    const image = shown === null ? null : dotImage(DOT[shown]);
    const text = shown === null ? '' : this.#parts.texts()(`capturing.${shown}`);
    // On Windows; the others ignore it.
    window?.setOverlayIcon(image, text);
    app.dock?.setBadge(shown === 'recording' ? '●' : '');
    this.#showTray(image, text);
    this.#shown = shown;
    this.#marked = window;
  }

  #showTray(image: NativeImage | null, text: string): void {
    if (image === null) {
      this.#tray?.destroy();
      this.#tray = null;
      return;
    }
    if (this.#tray === null) {
      this.#tray = new Tray(image);
      this.#tray.on('click', this.#parts.show);
    } else this.#tray.setImage(image);
    const t = this.#parts.texts();
    this.#tray.setToolTip(text);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: text, enabled: false },
        { label: t('capturing.show'), click: this.#parts.show },
        { label: t('capturing.stop'), click: this.#parts.stop },
      ]),
    );
  }
}

/** A round dot on nothing. Drawn, so that no file of an icon has to be found. */
function dotImage([blue, green, red]: readonly [number, number, number]): NativeImage {
  const pixels = Buffer.alloc(SIZE * SIZE * 4);
  const centre = (SIZE - 1) / 2;
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const inside = Math.min(1, Math.max(0, SIZE * 0.4 - Math.hypot(x - centre, y - centre)));
      // Premultiplied, as bitmaps are.
      const pixel = [blue * inside, green * inside, red * inside, 255 * inside].map(Math.round);
      pixels.set(pixel, (y * SIZE + x) * 4);
    }
  }
  return nativeImage.createFromBitmap(pixels, {
    width: SIZE,
    height: SIZE,
    scaleFactor: process.platform === 'linux' ? 1 : 2,
  });
}
