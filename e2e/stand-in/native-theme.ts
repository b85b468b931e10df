import { EventEmitter } from 'node:events';
import type { NativeTheme } from 'electron';
import { app } from './app.ts';
import { namingMissing } from './missing.ts';
import { webContents } from './web-contents.ts';

class StandInNativeTheme extends EventEmitter implements Partial<Omit<NativeTheme, keyof EventEmitter>> {
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  private source: NativeTheme['themeSource'] = 'system';

  constructor() {
    super();
    app.on('web-contents-created', (_event, page) => {
      void page.whenLinked.then(() => this.apply()).catch(() => undefined);
    });
  }

  get themeSource(): NativeTheme['themeSource'] {
    return this.source;
  }

  set themeSource(source: NativeTheme['themeSource']) {
    this.source = source;
    this.apply();
    this.emit('updated');
  }

  /** The stand-in's system theme is light. */
  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }

  private apply(): void {
    const value = this.source === 'system' ? '' : this.source;
    for (const { link } of webContents.getAllWebContents()) {
      link?.devTools
        .send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] })
        .catch(() => undefined);
    }
  }
}

/** Light or dark. */
export const nativeTheme = namingMissing('nativeTheme', new StandInNativeTheme());
