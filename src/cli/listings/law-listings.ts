import { type PseudonymCandidate, PseudonymKind, type PseudonymsView } from '../../contract/pseudonyms.ts';
import type { CertificateView } from '../../contract/retention.ts';
import { z } from '../../contract/schema.ts';
import { id } from './listing-fields.ts';

const count = z.int().nonnegative();

/** What `pseudonyms list --json` prints. */
export const PseudonymListing = z.strictObject({
  matterName: z.string().nullable(),
  key: z.array(
    z.strictObject({
      pseudonymId: id,
      label: z.string(),
      kind: PseudonymKind,
      forms: z.array(z.string()),
      times: count,
    }),
  ),
  left: z.array(z.string()),
  undecided: count,
});

/** The key of a recording. */
export function pseudonymListing(view: PseudonymsView): z.infer<typeof PseudonymListing> {
  return {
    matterName: view.matterName,
    key: view.key.map(({ id: pseudonymId, label, kind, forms, count: times }) => ({
      ...{ pseudonymId, label, kind, forms, times },
    })),
    left: view.plain,
    undecided: view.candidates.length,
  };
}

/** What `pseudonyms find --json` prints. */
export const CandidateListing = z.strictObject({
  found: z.array(
    z.strictObject({
      text: z.string(),
      kind: PseudonymKind,
      forms: z.array(z.string()),
      times: count,
      startMs: count,
      context: z.string(),
    }),
  ),
});

/** What nobody has decided about. */
export function candidateListing(
  candidates: readonly PseudonymCandidate[],
): z.infer<typeof CandidateListing> {
  return {
    found: candidates.map(({ text, kind, forms, count: times, startMs, context }) => ({
      ...{ text, kind, times, startMs, context },
      forms: forms.map((form) => form.text),
    })),
  };
}

/** What `matters certificates --json` prints. */
export const CertificateListing = z.strictObject({
  certificates: z.array(
    z.strictObject({
      certificateId: id,
      writtenAtMs: z.int(),
      recordings: count,
      byRetention: z.boolean(),
    }),
  ),
});

/** The certificates of a vault. */
export function certificateListing(
  certificates: readonly CertificateView[],
): z.infer<typeof CertificateListing> {
  return {
    certificates: certificates.map(({ id: certificateId, writtenAtMs, recordings, byRetention }) => ({
      ...{ certificateId, writtenAtMs, recordings, byRetention },
    })),
  };
}
