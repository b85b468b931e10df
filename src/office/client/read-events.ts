/** A server-sent event. */
export interface ServerSentEvent {
  readonly name: string;
  /** To go on from, as `Last-Event-ID`; null for an event that has none. */
  readonly id: string | null;
  /** What its data is as JSON. */
  readonly data: unknown;
}

/**
 * Reads the answer of `GET /v1/events` event by event, until it ends or its request is aborted; comments are left out. For browsers
 * and Node: what a browser itself has for such streams cannot send a token.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = eventOf(block);
        if (event !== null) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The event of a block of lines, each a field's name and value as this gateway writes them; null without data. */
function eventOf(block: string): ServerSentEvent | null {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const data = fields.get('data');
  if (data === undefined) return null;
  return { name: fields.get('event') ?? 'message', id: fields.get('id') ?? null, data: JSON.parse(data) };
}
