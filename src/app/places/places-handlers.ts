import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Handlers } from '../../contract/ipc.ts';
import type { PlaceView } from '../../contract/places.ts';
import { measurePlace, placeNamed } from './places.ts';

/** Request handlers of what is stored where. */
export function placesHandlers(parts: {
  /** Every place now. */
  readonly places: () => Promise<PlaceView[]>;
  readonly showInFolder: (path: string) => void;
}): Pick<Handlers, Extract<keyof Handlers, `places.${string}`>> {
  const named = async (key: string) => placeNamed(await parts.places(), key);
  return {
    'places.list': parts.places,
    'places.measure': async ({ key }) => await measurePlace(await named(key)),
    'places.reveal': async ({ key }) => parts.showInFolder(nearestThere((await named(key)).path)),
  };
}

/** A file manager cannot show what is not there. */
function nearestThere(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestThere(dirname(path));
}
