import { describe, expect, it } from 'vitest';
import type { AppEvent, NumberedEvent } from '../../src/contract/ipc.ts';
import { EventMirror } from './event-mirror.ts';

const numbered = (sequence: number): NumberedEvent => ({
  sequence,
  event: { type: 'core', event: { type: 'interimText', jobId: 'j', text: String(sequence) } },
});

function mirror() {
  const applied: number[] = [];
  const keep = (event: AppEvent) => {
    if (event.type === 'core' && event.event.type === 'interimText') applied.push(Number(event.event.text));
  };
  return { applied, mirror: new EventMirror(keep) };
}

describe('EventMirror', () => {
  it('holds events until the snapshot, then drops those the snapshot includes', () => {
    const { applied, mirror: m } = mirror();
    for (const n of [3, 4, 5, 6]) m.take(numbered(n));
    expect(applied).toEqual([]);
    m.begin(4);
    expect(applied).toEqual([5, 6]);
  });

  it('applies held events in their order and each once', () => {
    const { applied, mirror: m } = mirror();
    for (const n of [6, 5, 5]) m.take(numbered(n));
    m.begin(4);
    m.take(numbered(6));
    m.take(numbered(7));
    expect(applied).toEqual([5, 6, 7]);
  });

  it('begins anew after a reset, without the events of before', () => {
    const { applied, mirror: m } = mirror();
    m.begin(1);
    m.take(numbered(2));
    m.reset();
    m.take(numbered(9));
    m.begin(8);
    expect(applied).toEqual([2, 9]);
  });
});
