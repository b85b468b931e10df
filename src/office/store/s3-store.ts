import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  type ListPartsCommandOutput,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { OfficeError } from '../contract/office-errors.ts';
import { partsOf, sha256Base64 } from './upload-parts.ts';

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

/** A part of an upload as its client declares it. Its number is its place, from 1. */
export interface DeclaredPart {
  readonly sizeBytes: number;
  /** SHA-256 in base64, as S3 has it. */
  readonly sha256: string;
}

/** A part that the store has. */
export interface StoredPart extends DeclaredPart {
  readonly number: number;
  readonly etag: string;
}

/** An upload that goes on in the store. */
export interface StoreUpload {
  readonly key: string;
  /** The store's own id of it. */
  readonly uploadId: string;
}

/** A request that whoever has it can make once or often until it expires, and the headers that it must have. */
export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const CHECKSUM_HEADER = 'x-amz-checksum-sha256';

/** Ten tries, whose growing delays last about half a minute together. */
const ATTEMPTS = 10;

/**
 * A store that speaks S3. While it refuses or cannot be reached, every request is made again after growing delays; then it
 * throws `store.unavailable`. Every part carries its SHA-256, which the store compares with what it got.
 */
export class S3Store {
  readonly #bucket: string;
  readonly #client: S3Client;
  readonly #signer: S3Client;

  constructor(place: S3Place, attempts = ATTEMPTS) {
    this.#bucket = place.bucket;
    this.#client = clientOf(place, place.endpoint, attempts);
    this.#signer = clientOf(place, place.publicEndpoint ?? place.endpoint, attempts);
  }

  /** Begins an upload in parts. */
  async beginUpload(key: string, type: string): Promise<StoreUpload> {
    const begun = await this.#ask(() =>
      this.#client.send(
        new CreateMultipartUploadCommand({
          ...this.#at(key),
          ContentType: type,
          ChecksumAlgorithm: 'SHA256',
        }),
      ),
    );
    if (begun.UploadId === undefined) throw new OfficeError('store.unfit');
    return { key, uploadId: begun.UploadId };
  }

  /** The request that puts one part. It takes these very bytes: length and checksum are signed. */
  async partRequest(
    upload: StoreUpload,
    number: number,
    part: DeclaredPart,
    expiresInS: number,
  ): Promise<SignedRequest> {
    const command = new UploadPartCommand({
      ...this.#of(upload),
      PartNumber: number,
      ContentLength: part.sizeBytes,
      ChecksumSHA256: part.sha256,
    });
    const url = await getSignedUrl(this.#signer, command, {
      expiresIn: expiresInS,
      signableHeaders: new Set(['host', 'content-length', CHECKSUM_HEADER]),
      // Hoisted into the URL it would be no header that the store compares.
      unhoistableHeaders: new Set([CHECKSUM_HEADER]),
    });
    return { url, headers: { 'content-length': String(part.sizeBytes), [CHECKSUM_HEADER]: part.sha256 } };
  }

  /** The parts that the store has. Throws `upload.gone` if it does not know the upload. */
  async parts(upload: StoreUpload): Promise<StoredPart[]> {
    const parts: StoredPart[] = [];
    for (let marker: string | undefined = '0'; marker !== undefined; ) {
      const page: ListPartsCommandOutput = await this.#list(upload, marker);
      for (const { PartNumber, Size, ChecksumSHA256, ETag } of page.Parts ?? []) {
        if (PartNumber === undefined || Size === undefined || ETag === undefined) continue;
        parts.push({ number: PartNumber, sizeBytes: Size, sha256: ChecksumSHA256 ?? '', etag: ETag });
      }
      marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    }
    return parts;
  }

  /** Makes an object of an upload's parts. Throws `upload.gone`. */
  async completeUpload(upload: StoreUpload, parts: readonly StoredPart[]): Promise<void> {
    const Parts = parts.map(({ number, etag, sha256 }) => ({
      PartNumber: number,
      ETag: etag,
      ChecksumSHA256: sha256,
    }));
    await this.#ask(() =>
      this.#client.send(
        new CompleteMultipartUploadCommand({ ...this.#of(upload), MultipartUpload: { Parts } }),
      ),
    );
  }

  /** Deletes an upload and its parts; one that is gone is fine. */
  async abortUpload(upload: StoreUpload): Promise<void> {
    try {
      await this.#ask(() => this.#client.send(new AbortMultipartUploadCommand(this.#of(upload))));
    } catch (error) {
      if (!(error instanceof OfficeError && error.code === 'upload.gone')) throw error;
    }
  }

  /** Length and media type of an object; null if there is none. */
  async head(key: string): Promise<{ sizeBytes: number; type: string } | null> {
    try {
      const found = await this.#ask(() => this.#client.send(new HeadObjectCommand(this.#at(key))));
      return { sizeBytes: found.ContentLength ?? 0, type: found.ContentType ?? '' };
    } catch (error) {
      if (error instanceof OfficeError && error.code === 'object.gone') return null;
      throw error;
    }
  }

  /** The bytes of an object, or its first so many. Throws `object.gone`; a connection that breaks on the way is an error of the stream. */
  async get(key: string, firstBytes?: number): Promise<Readable> {
    const range = firstBytes === undefined ? {} : { Range: `bytes=0-${firstBytes - 1}` };
    const { Body } = await this.#ask(() =>
      this.#client.send(new GetObjectCommand({ ...this.#at(key), ...range })),
    );
    // In Node it always is.
    return Body as Readable;
  }

  /** The request that reads an object, whether or not it is there. */
  async getRequest(key: string, expiresInS: number): Promise<SignedRequest> {
    const url = await getSignedUrl(this.#signer, new GetObjectCommand(this.#at(key)), {
      expiresIn: expiresInS,
    });
    return { url, headers: {} };
  }

  /** Stores an object: at once where it fits into one part, else part by part. It is there whole or not at all. */
  async put(key: string, type: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    let upload: StoreUpload | null = null;
    const stored: StoredPart[] = [];
    try {
      for await (const { bytes: Body, isLast } of partsOf(bytes)) {
        const ChecksumSHA256 = sha256Base64(Body);
        if (isLast && upload === null) {
          const command = new PutObjectCommand({ ...this.#at(key), ContentType: type, Body, ChecksumSHA256 });
          await this.#ask(() => this.#client.send(command));
          return;
        }
        upload ??= await this.beginUpload(key, type);
        const number = stored.length + 1;
        const part = { ...this.#of(upload), PartNumber: number, Body, ChecksumSHA256 };
        const { ETag = '' } = await this.#ask(() => this.#client.send(new UploadPartCommand(part)));
        stored.push({ number, sizeBytes: Body.length, sha256: ChecksumSHA256, etag: ETag });
      }
      if (upload !== null) await this.completeUpload(upload, stored);
    } catch (error) {
      if (upload !== null) await this.abortUpload(upload).catch(() => {});
      throw error;
    }
  }

  /** Deletes an object; one that is gone is fine. */
  async delete(key: string): Promise<void> {
    await this.#ask(() => this.#client.send(new DeleteObjectCommand(this.#at(key))));
  }

  /** Closes its connections. */
  close(): void {
    this.#client.destroy();
    this.#signer.destroy();
  }

  #list(upload: StoreUpload, marker: string): Promise<ListPartsCommandOutput> {
    const page = new ListPartsCommand({ ...this.#of(upload), PartNumberMarker: marker });
    return this.#ask(() => this.#client.send(page));
  }

  #at(key: string) {
    return { Bucket: this.#bucket, Key: key };
  }

  #of({ key, uploadId }: StoreUpload) {
    return { ...this.#at(key), UploadId: uploadId };
  }

  async #ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw storeError(error);
    }
  }
}

function clientOf(place: S3Place, endpoint: string, attempts: number): S3Client {
  return new S3Client({
    endpoint,
    region: place.region,
    credentials: { accessKeyId: place.accessKeyId, secretAccessKey: place.secretAccessKey },
    // Stores in a house have no name for each bucket.
    forcePathStyle: true,
    maxAttempts: attempts,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

function storeError(error: unknown): OfficeError {
  const cause = { cause: error };
  if (!(error instanceof S3ServiceException)) return new OfficeError('store.unavailable', cause);
  if (error.name === 'NoSuchUpload') return new OfficeError('upload.gone', cause);
  const status = error.$metadata.httpStatusCode ?? 0;
  if (status === 404) return new OfficeError('object.gone', cause);
  return new OfficeError(status >= 500 || status === 429 ? 'store.unavailable' : 'store.refused', cause);
}
