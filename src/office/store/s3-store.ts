import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  ListPartsCommand,
  type ListPartsCommandOutput,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { isOfficeError, OfficeError } from '../contract/office-errors.ts';
import { clientOf, type S3Place, storeError } from './s3-connection.ts';
import { HurriedPatience, patient, type StorePatience, type StoreRequestOptions } from './store-patience.ts';
import { partsOf, sha256Base64 } from './upload-parts.ts';

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

/** What an object begins with. */
export interface ObjectBeginning {
  /** Of the whole object. */
  readonly sizeBytes: number;
  readonly type: string;
  readonly bytes: Buffer;
}

/** A request that whoever has it can make once or often until it expires, and the headers that it must have. */
export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const CHECKSUM_HEADER = 'x-amz-checksum-sha256';

/**
 * A store that speaks S3. While it refuses or cannot be reached, every request is made again after growing delays; then it
 * throws `store.unavailable`. Every part carries its SHA-256, which the store compares with what it got.
 */
export class S3Store {
  readonly #place: S3Place;
  readonly #patience: StorePatience;
  readonly #onError: (error: OfficeError) => void;
  readonly #client: S3Client;
  readonly #signer: S3Client;
  #hurried: S3Store | null = null;

  /**
   * `delaysMs` are the waits before each further try; `onError` is told of each try that failed, what is not there included. One
   * that is `hurriedOf` another uses its connections (`hurried`).
   */
  constructor(
    place: S3Place,
    delaysMs?: readonly number[],
    onError: (error: OfficeError) => void = () => undefined,
    hurriedOf: S3Store | null = null,
  ) {
    this.#place = place;
    this.#patience = hurriedOf === null ? patient(delaysMs) : new HurriedPatience();
    this.#onError = onError;
    this.#client = hurriedOf === null ? clientOf(place, place.endpoint) : hurriedOf.#client;
    const seenByClients = place.publicEndpoint ?? place.endpoint;
    this.#signer = hurriedOf === null ? clientOf(place, seenByClients) : hurriedOf.#signer;
  }

  /** The same store for requests whose client waits: throws `store.unavailable` within two seconds, at once while it is known to be away. */
  get hurried(): S3Store {
    this.#hurried ??= new S3Store(this.#place, undefined, this.#onError, this);
    return this.#hurried;
  }

  /** Begins an upload in parts. */
  async beginUpload(key: string, type: string): Promise<StoreUpload> {
    const begun = await this.#ask((options) =>
      this.#client.send(
        new CreateMultipartUploadCommand({
          ...this.#at(key),
          ContentType: type,
          ChecksumAlgorithm: 'SHA256',
        }),
        options,
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
    await this.#ask((options) =>
      this.#client.send(
        new CompleteMultipartUploadCommand({ ...this.#of(upload), MultipartUpload: { Parts } }),
        options,
      ),
    );
  }

  /** Deletes an upload and its parts; one that is gone is fine. */
  async abortUpload(upload: StoreUpload): Promise<void> {
    try {
      await this.#ask((options) =>
        this.#client.send(new AbortMultipartUploadCommand(this.#of(upload)), options),
      );
    } catch (error) {
      if (!isOfficeError(error, 'upload.gone')) throw error;
    }
  }

  /** Length and media type of an object; null if there is none. */
  async head(key: string): Promise<{ sizeBytes: number; type: string } | null> {
    try {
      const found = await this.#ask((options) =>
        this.#client.send(new HeadObjectCommand(this.#at(key)), options),
      );
      return { sizeBytes: found.ContentLength ?? 0, type: found.ContentType ?? '' };
    } catch (error) {
      if (isOfficeError(error, 'object.gone')) return null;
      throw error;
    }
  }

  /** The bytes of an object. Throws `object.gone`; a connection that breaks on the way is an error of the stream. */
  async get(key: string): Promise<Readable> {
    return streamOf(await this.#get(key));
  }

  /** The first so many bytes of an object, its whole length and its media type, all by one request. Throws `object.gone`. */
  async beginning(key: string, bytes: number): Promise<ObjectBeginning> {
    const found = await this.#get(key, { Range: `bytes=0-${bytes - 1}` });
    const sizeBytes = Number(/^bytes 0-\d+\/(\d+)$/.exec(found.ContentRange ?? '')?.[1]);
    const stream = streamOf(found);
    if (Number.isNaN(sizeBytes)) {
      stream.destroy();
      throw new OfficeError('store.unfit');
    }
    return { sizeBytes, type: found.ContentType ?? '', bytes: Buffer.concat(await stream.toArray()) };
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
          await this.#ask((options) => this.#client.send(command, options));
          return;
        }
        upload ??= await this.beginUpload(key, type);
        const number = stored.length + 1;
        const part = { ...this.#of(upload), PartNumber: number, Body, ChecksumSHA256 };
        const { ETag = '' } = await this.#ask((options) =>
          this.#client.send(new UploadPartCommand(part), options),
        );
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
    await this.#ask((options) => this.#client.send(new DeleteObjectCommand(this.#at(key)), options));
  }

  /** Closes its connections. */
  close(): void {
    this.#client.destroy();
    this.#signer.destroy();
  }

  #get(key: string, range: { Range?: string } = {}): Promise<GetObjectCommandOutput> {
    return this.#ask((options) =>
      this.#client.send(new GetObjectCommand({ ...this.#at(key), ...range }), options),
    );
  }

  #list(upload: StoreUpload, marker: string): Promise<ListPartsCommandOutput> {
    const page = new ListPartsCommand({ ...this.#of(upload), PartNumberMarker: marker });
    return this.#ask((options) => this.#client.send(page, options));
  }

  #at(key: string) {
    return { Bucket: this.#place.bucket, Key: key };
  }

  #of({ key, uploadId }: StoreUpload) {
    return { ...this.#at(key), UploadId: uploadId };
  }

  #ask<T>(request: (options: StoreRequestOptions) => Promise<T>): Promise<T> {
    return this.#patience.ask((options) =>
      request(options).catch((error: unknown) => {
        const failed = storeError(error);
        this.#onError(failed);
        throw failed;
      }),
    );
  }
}

/** The stream of an answer: in Node it always is one. */
function streamOf({ Body }: GetObjectCommandOutput): Readable {
  return Body as Readable;
}
