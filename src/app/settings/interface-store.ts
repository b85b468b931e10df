import { z } from '../../contract/schema.ts';
import { type InterfaceSettings, PedalView } from '../../contract/views.ts';
import { type SomeSettings, settingsIn, withChanges } from './interface-settings.ts';

/** Bounds of the window when it was last closed, in screen pixels. */
export const WindowBounds = z.object({
  x: z.number().int().nullable(),
  y: z.number().int().nullable(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  maximized: z.boolean(),
});
export type WindowBounds = z.infer<typeof WindowBounds>;

const DEFAULT_PLACE: WindowBounds = { x: null, y: null, width: 1280, height: 800, maximized: false };

/** Pedals that the user has chosen; an unreadable one has to be chosen again. */
const Pedals = z.array(PedalView).max(20).catch([]);

/** A file of named JSON values. */
export interface ValueFile {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
}

/**
 * What is stored outside the vault, in plain text: the window's appearance, keys and bounds. Nothing in it is about
 * people.
 */
export class InterfaceStore {
  readonly #file: ValueFile;

  constructor(file: ValueFile) {
    this.#file = file;
  }

  get settings(): InterfaceSettings {
    return settingsIn(this.#file.get('settings'));
  }

  /** Changes the values that are not undefined. */
  change(changes: SomeSettings): void {
    this.#file.set('settings', withChanges(this.#file.get('settings'), changes));
  }

  get pedals(): readonly PedalView[] {
    return Pedals.parse(this.#file.get('pedals') ?? []);
  }

  keepPedals(pedals: readonly PedalView[]): void {
    this.#file.set('pedals', pedals);
  }

  get place(): WindowBounds {
    const stored = WindowBounds.safeParse(this.#file.get('window'));
    return stored.success ? stored.data : DEFAULT_PLACE;
  }

  saveViewState(place: WindowBounds): void {
    this.#file.set('window', place);
  }
}
