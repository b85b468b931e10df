import { PLACE_KINDS, type PlaceMeasure, type PlaceView, VAULT_PARTS } from '../../contract/places.ts';
import { z } from '../../contract/schema.ts';
import { sizeBytes } from './listing-fields.ts';

/** What `vault where --json` prints. */
export const PlaceListing = z.strictObject({
  places: z.array(
    z.strictObject({
      place: z.enum(PLACE_KINDS),
      path: z.string(),
      isThere: z.boolean(),
      isEncrypted: z.boolean(),
      files: z.int().nonnegative(),
      sizeBytes,
      freeBytes: sizeBytes.nullable(),
      parts: z.array(z.strictObject({ part: z.enum(VAULT_PARTS), files: z.int().nonnegative(), sizeBytes })),
    }),
  ),
});

/** Places with what is in them. */
export function placeListing(
  places: readonly { readonly place: PlaceView; readonly measure: PlaceMeasure }[],
): z.infer<typeof PlaceListing> {
  return {
    places: places.map(({ place, measure }) => ({
      place: place.kind,
      path: place.path,
      isThere: place.isThere,
      isEncrypted: place.isEncrypted,
      files: measure.files,
      sizeBytes: measure.bytes,
      freeBytes: measure.freeBytes,
      parts: measure.parts.map(({ part, files, bytes }) => ({ part, files, sizeBytes: bytes })),
    })),
  };
}
