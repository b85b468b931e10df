import { EventEmitter } from 'node:events';
import type { Tray as ElectronTray, Menu, NativeImage } from 'electron';
import { namingMissing, namingMissingEvents } from './missing.ts';

/** An image that nobody sees. */
class StandInImage implements Partial<NativeImage> {
  readonly size: { width: number; height: number };

  constructor(size: { width: number; height: number }) {
    this.size = size;
  }

  getSize(): { width: number; height: number } {
    return this.size;
  }

  isEmpty(): boolean {
    return false;
  }

  setTemplateImage(): void {}
}

/** Makes images. */
export const nativeImage = namingMissing('nativeImage', {
  createFromBitmap: (pixels: Buffer, size: { width: number; height: number }) => {
    if (pixels.length !== size.width * size.height * 4) throw new Error('The pixels do not fill the image.');
    return namingMissing('NativeImage', new StandInImage(size));
  },
});

/** An icon in the system's tray that is not shown. */
export class Tray extends EventEmitter implements Partial<Omit<ElectronTray, keyof EventEmitter>> {
  /** The icons that are there, for specs. */
  static readonly shown = new Set<Tray>();
  toolTip = '';
  menu: Menu | null = null;
  private destroyed = false;

  constructor(_image: NativeImage) {
    super();
    const self = namingMissingEvents('Tray', this, ['click', 'right-click', 'double-click']);
    Tray.shown.add(self);
    // biome-ignore lint/correctness/noConstructorReturn: what is missing must be named.
    return self;
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }

  setImage(): void {}

  setContextMenu(menu: Menu | null): void {
    this.menu = menu;
  }

  destroy(): void {
    this.destroyed = true;
    for (const tray of Tray.shown) if (tray.isDestroyed()) Tray.shown.delete(tray);
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }
}
