import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { OfficeError } from '../contract/office-errors.ts';

/** Where a store is and who the office is there. */
export interface S3Place {
  /** As this program reaches it: `http://store:9000`. */
  readonly endpoint: string;
  /** As clients reach it, who get URLs with it; without it as this program does. */
  readonly publicEndpoint?: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Connects to a store by one of its addresses. */
export function clientOf(place: S3Place, endpoint: string): S3Client {
  return new S3Client({
    endpoint,
    region: place.region,
    credentials: { accessKeyId: place.accessKeyId, secretAccessKey: place.secretAccessKey },
    // Stores in a house have no name for each bucket.
    forcePathStyle: true,
    // Its own retries share a budget, which a busy gateway would use up within the first second.
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/** What the office calls an error of the S3 client. */
export function storeError(error: unknown): OfficeError {
  const cause = { cause: error };
  if (!(error instanceof S3ServiceException)) return new OfficeError('store.unavailable', cause);
  if (error.name === 'NoSuchUpload') return new OfficeError('upload.gone', cause);
  const status = error.$metadata.httpStatusCode ?? 0;
  if (status === 404) return new OfficeError('object.gone', cause);
  return new OfficeError(status >= 500 || status === 429 ? 'store.unavailable' : 'store.refused', cause);
}
