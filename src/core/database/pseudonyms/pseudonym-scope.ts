/** What owns a key: a matter, or a recording that has none. */
export type PseudonymScope =
  | { readonly matterId: string; readonly recordingId: null }
  | { readonly matterId: null; readonly recordingId: string };

/** Whose key is that of a recording. */
export function pseudonymScope({ id, matterId }: { id: string; matterId: string | null }): PseudonymScope {
  return matterId === null ? { matterId, recordingId: id } : { matterId, recordingId: null };
}
