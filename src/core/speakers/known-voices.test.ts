import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { normalise } from './embeddings.ts';
import { recognised, type Voice } from './known-voices.ts';
import type { Speaker } from './speaker-turns.ts';

/**
 * Mean embeddings of real speech, as signed bytes: five LibriSpeech readers remembered from 8 pieces of one recording,
 * the same in another recording as it is and through a telephone's band, echoes and noise, and other people.
 */
const VOICES = JSON.parse(
  readFileSync(new URL('./testing/heard-voices.json', import.meta.url), 'utf8'),
) as Readonly<Record<'remembered' | 'heard' | 'strangers', Readonly<Record<string, string>>>>;

function embedding(base64: string): Float32Array {
  return normalise(Float32Array.from(new Int8Array(Buffer.from(base64, 'base64'))));
}

function speaker(base64: string): Speaker {
  return { embedding: embedding(base64), speechMs: 30_000, known: null };
}

const REMEMBERED: readonly Voice[] = Object.entries(VOICES.remembered).map(([id, base64]) => ({
  id,
  name: id,
  embedding: embedding(base64),
}));

test.each(Object.entries(VOICES.heard))('%s is named', (who, base64) => {
  const [named] = recognised([speaker(base64)], REMEMBERED);
  expect(named?.known?.voiceId).toBe(who.split(' ')[0]);
  expect(named?.known?.certainty).toBeLessThan(1);
});

test.each(['clean', 'phone', 'room', 'loudnoise'])('all of a recording are named together: %s', (channel) => {
  const heard = Object.entries(VOICES.heard).filter(([name]) => name.endsWith(channel));
  const named = recognised(
    heard.map(([, base64]) => speaker(base64)),
    REMEMBERED,
  );
  expect(named.map(({ known }) => known?.voiceId)).toEqual(heard.map(([name]) => name.split(' ')[0]));
});

test('somebody else is nobody, also with everybody remembered', () => {
  for (const [who, base64] of Object.entries(VOICES.strangers)) {
    expect(recognised([speaker(base64)], REMEMBERED)[0]?.known, who).toBeNull();
  }
});

test('somebody who is not remembered is not taken for one who is', () => {
  for (const [name, base64] of Object.entries(VOICES.heard)) {
    const others = REMEMBERED.filter(({ id }) => id !== name.split(' ')[0]);
    expect(recognised([speaker(base64)], others)[0]?.known, name).toBeNull();
  }
});

test('two speakers never get one voice: the one that is more alike does', () => {
  const [again, phone] = [VOICES.heard['1688 clean'] ?? '', VOICES.heard['1688 phone'] ?? ''];
  const named = recognised([speaker(phone), speaker(again)], REMEMBERED);
  expect(named.map(({ known }) => known?.voiceId ?? null)).toEqual([null, '1688']);
});

test('a recording that sounds the same is more certain than a telephone', () => {
  const certainty = (name: string) =>
    recognised([speaker(VOICES.heard[name] ?? '')], REMEMBERED)[0]?.known?.certainty ?? 0;
  expect(certainty('1688 clean')).toBeGreaterThan(0.98);
  expect(certainty('1688 elsewhere')).toBeGreaterThan(certainty('1688 phone') - 0.3);
  expect(certainty('1688 phone')).toBeGreaterThan(0.6);
});

test('two people with one voice are not told apart, one person remembered twice is', () => {
  const [voice] = REMEMBERED.filter(({ id }) => id === '1688');
  if (voice === undefined) throw new Error('1688 is remembered');
  const heard = speaker(VOICES.heard['1688 clean'] ?? '');
  const twin = { ...voice, id: 'twin', name: 'another' };
  expect(recognised([heard], [voice, twin])[0]?.known).toBeNull();
  const again = { ...voice, id: 'again', embedding: embedding(VOICES.heard['1688 phone'] ?? '') };
  expect(recognised([heard], [again, voice])[0]?.known?.voiceId).toBe('1688');
  const both = recognised([heard, speaker(VOICES.heard['1688 phone'] ?? '')], [voice, again]);
  expect(both.filter(({ known }) => known !== null)).toHaveLength(1);
});
