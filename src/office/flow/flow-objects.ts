import type { KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { windowId, windowIds } from '../contract/flow.ts';
import { ENVELOPE_TYPE } from '../contract/office-api.ts';
import { OfficeError } from '../contract/office-errors.ts';
import { openEnvelope, sealEnvelope } from '../sealing/envelope.ts';
import { rawPublicKey } from '../sealing/office-keys.ts';
import { flowKey, windowKey, windowTextKey } from '../store/object-keys.ts';
import type { S3Store } from '../store/s3-store.ts';
import { FlowFacts, readWindowContent, type WindowTask, WindowText, windowContent } from './flow-content.ts';

/**
 * What workers keep of one long recording in the store, sealed for themselves. Each object is bound to what it is: a window, or what came
 * of it, to the window's id, and what is known of the whole to the recording's. Reading throws the store's and the envelope's errors.
 */
export class FlowObjects {
  readonly #store: S3Store;
  readonly #privateKey: KeyObject;
  readonly #tenantId: string;
  readonly #jobId: string;

  /** `privateKey` is the workers' own; `jobId` the recording's. */
  constructor(
    { store, privateKey }: { readonly store: S3Store; readonly privateKey: KeyObject },
    { tenantId, jobId }: { readonly tenantId: string; readonly jobId: string },
  ) {
    this.#store = store;
    this.#privateKey = privateKey;
    this.#tenantId = tenantId;
    this.#jobId = jobId;
  }

  /** Stores a window, from 1. */
  async putWindow(
    number: number,
    task: WindowTask,
    soundOf: (part: WindowTask['parts'][number]) => Promise<Int16Array>,
  ): Promise<void> {
    const id = windowId(this.#jobId, number);
    await this.#put(windowKey(this.#tenantId, this.#jobId, id), id, 'window', windowContent(task, soundOf));
  }

  async window(id: string): ReturnType<typeof readWindowContent> {
    return await readWindowContent(
      await this.#opened(windowKey(this.#tenantId, this.#jobId, id), id, 'window'),
    );
  }

  async putText(id: string, text: WindowText): Promise<void> {
    await this.#put(windowTextKey(this.#tenantId, this.#jobId, id), id, 'result', jsonOf(text));
  }

  /** What came of each window, in order. */
  async texts(windows: number): Promise<WindowText[]> {
    const texts: WindowText[] = [];
    for (const id of windowIds(this.#jobId, windows)) {
      const opened = await this.#opened(windowTextKey(this.#tenantId, this.#jobId, id), id, 'result');
      texts.push(await parsed(opened, WindowText));
    }
    return texts;
  }

  async putFacts(facts: FlowFacts): Promise<void> {
    await this.#put(flowKey(this.#tenantId, this.#jobId), this.#jobId, 'window', jsonOf(facts));
  }

  async facts(): Promise<FlowFacts> {
    const opened = await this.#opened(flowKey(this.#tenantId, this.#jobId), this.#jobId, 'window');
    return await parsed(opened, FlowFacts);
  }

  async #put(
    key: string,
    objectId: string,
    kind: 'window' | 'result',
    bytes: Parameters<typeof sealEnvelope>[2],
  ): Promise<void> {
    const sealed = sealEnvelope({ objectId, kind }, [rawPublicKey(this.#privateKey)], bytes);
    await this.#store.put(key, ENVELOPE_TYPE, sealed);
  }

  async #opened(key: string, objectId: string, kind: 'window' | 'result'): Promise<AsyncIterable<Buffer>> {
    return openEnvelope({ objectId, kind }, this.#privateKey, await this.#store.get(key));
  }
}

function jsonOf(value: unknown): Uint8Array[] {
  return [Buffer.from(JSON.stringify(value))];
}

async function parsed<T>(
  bytes: AsyncIterable<Uint8Array>,
  schema: { parse: (value: unknown) => T },
): Promise<T> {
  const value = await json(Readable.from(bytes));
  try {
    return schema.parse(value);
  } catch (error) {
    throw new OfficeError('envelope.newer', { cause: error });
  }
}
