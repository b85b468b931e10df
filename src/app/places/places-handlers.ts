import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Handlers } from '../../contract/ipc.ts';
import type { PlaceView } from '../../contract/places.ts';
import { measurePlace, placeNamed, places } from './places.ts';

/** Request handlers of what is stored where. */
export function placesHandlers(parts: {
  readonly vaultFolder: () => string;
  /** The paths of the watched folders; none unless the vault is open. */
  readonly watched: () => Promise<readonly string[]>;
  readonly showInFolder: (path: string) => void;
}): Pick<Handlers, Extract<keyof Handlers, `places.${string}`>> {
  const all = async (): Promise<PlaceView[]> =>
    places({ vaultFolder: parts.vaultFolder(), watched: await parts.watched() });
  return {
    'places.list': all,
    'places.measure': async ({ key }) => await measurePlace(placeNamed(await all(), key)),
    'places.reveal': async ({ key }) => parts.showInFolder(nearestThere(placeNamed(await all(), key).path)),
  };
}

/** A file manager cannot show what is not there. */
function nearestThere(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestThere(dirname(path));
}
