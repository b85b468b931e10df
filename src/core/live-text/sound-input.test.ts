import { describe, expect, it } from 'vitest';
import { SoundBuffer } from './sound-buffer.ts';
import { SoundInput } from './sound-input.ts';

const ones = (length: number, value = 1) => new Int16Array(length).fill(value);

describe('the sound of a channel', () => {
  it('is contiguous: holes are silence, and what came before is left out', () => {
    const input = new SoundInput(16_000);
    expect(input.push(500, ones(160)).beginsAtMs).toBe(500);
    expect([...input.push(520, ones(16, 2)).samples]).toEqual([...ones(160, 0), ...ones(16, 2)]);
    expect([...input.push(516, ones(160, 3)).samples]).toEqual([...ones(80, 3)]);
    expect([...input.push(526, ones(16, 4)).samples]).toEqual([...ones(16, 4)]);
  });

  it('begins anew after a long hole', () => {
    const input = new SoundInput(16_000);
    input.push(0, ones(160));
    expect(input.push(60_000, ones(16)).beginsAtMs).toBe(60_000);
  });

  it('is resampled without getting longer or shorter', () => {
    const input = new SoundInput(44_100);
    let length = 0;
    for (let block = 0; block < 1000; block += 1) length += input.push(block * 20, ones(882)).samples.length;
    expect(Math.abs(length - 320_000)).toBeLessThan(64);
  });
});

describe('the sound that is kept', () => {
  it('is read by its time, across blocks, as far as it is there', () => {
    const sound = new SoundBuffer();
    sound.restartAt(1000);
    sound.append(ones(16, 1));
    sound.append(ones(32, 2));
    expect([...sound.read(1000.5, 1002)]).toEqual([...ones(8, 1), ...ones(16, 2)]);
    expect(sound.read(0, 5000)).toHaveLength(48);
    sound.forgetBefore(1002);
    expect([sound.startMs, sound.endMs]).toEqual([1001, 1003]);
    expect([...sound.read(0, 1002)]).toEqual([...ones(16, 2)]);
  });
});
