import Store from 'electron-store';
import { z } from '../contract/schema.ts';
import { InterfaceSettings } from '../contract/views.ts';

/** Where the window was when it was last closed, in screen pixels. */
export const WindowPlace = z.object({
  x: z.number().int().nullable(),
  y: z.number().int().nullable(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof WindowPlace>;

const DEFAULT_SETTINGS: InterfaceSettings = {
  language: 'system',
  theme: 'system',
  lockAfterMinutes: 15,
  alwaysSeal: false,
  showDoubts: true,
};

const DEFAULT_PLACE: WindowPlace = { x: null, y: null, width: 1280, height: 800, maximized: false };

/**
 * What is kept outside the vault, in plain text: how the window looks and where it was. Nothing in it tells about people.
 * A value that was edited into something else counts as never set.
 */
export class InterfaceStore {
  readonly #store = new Store<Record<string, unknown>>({ name: 'interface', clearInvalidConfig: true });

  get settings(): InterfaceSettings {
    const stored = InterfaceSettings.partial().safeParse(this.#store.get('settings') ?? {});
    return { ...DEFAULT_SETTINGS, ...(stored.success ? withoutUndefined(stored.data) : {}) };
  }

  /** Changes what is given and not undefined. */
  change(changes: { readonly [K in keyof InterfaceSettings]?: InterfaceSettings[K] | undefined }): void {
    this.#store.set('settings', { ...this.settings, ...withoutUndefined(changes) });
  }

  get place(): WindowPlace {
    const stored = WindowPlace.safeParse(this.#store.get('window'));
    return stored.success ? stored.data : DEFAULT_PLACE;
  }

  keepPlace(place: WindowPlace): void {
    this.#store.set('window', place);
  }
}

function withoutUndefined(settings: object): Partial<InterfaceSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
