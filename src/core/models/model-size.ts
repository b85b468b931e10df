import type { ModelFacts } from './model-header.ts';

/** The shape of a Whisper model, by which its work and its memory are reckoned. */
export type WhisperShape = Pick<ModelFacts, 'encoderLayers' | 'decoderLayers' | 'width'>;

/** Shapes of the official models by the beginnings of their names (OpenAI, Whisper's `model.py`). */
const FAMILIES: readonly (readonly [name: string, shape: WhisperShape])[] = [
  ['tiny', { encoderLayers: 4, decoderLayers: 4, width: 384 }],
  ['base', { encoderLayers: 6, decoderLayers: 6, width: 512 }],
  ['small', { encoderLayers: 12, decoderLayers: 12, width: 768 }],
  ['medium', { encoderLayers: 24, decoderLayers: 24, width: 1024 }],
  ['large-v3-turbo', { encoderLayers: 32, decoderLayers: 4, width: 1280 }],
  ['large', { encoderLayers: 32, decoderLayers: 32, width: 1280 }],
];

/** The shape of an official model, by its name; null for one of another family. */
export function shapeByName(name: string): WhisperShape | null {
  return FAMILIES.find(([family]) => name.startsWith(family))?.[1] ?? null;
}

/**
 * A measure of a model's arithmetic for a window, for the ratio of two models. Its weights' number in the encoder runs over every
 * frame; the decoder's layers run over the text, which costs about a quarter of the whole where both have the same number.
 */
export function windowWork({ encoderLayers, decoderLayers, width }: WhisperShape): number {
  return (3 * encoderLayers + decoderLayers) * width ** 2;
}

const MIB = 1024 ** 2;

/** The engine's process without a model: Node, the addon and the weights that find speech. */
const ENGINE_BYTES = 110 * MIB;
/** Beside its weights, per unit of width: activations of the encoder, keys and values of five beams. Measured with tiny and base. */
const BYTES_PER_WIDTH = 0.42 * MIB;

/** Memory that the engine needs with a model, in bytes, reckoned from its file's size and its width. */
export function reckonedMemory(sizeBytes: number, { width }: Pick<WhisperShape, 'width'>): number {
  return Math.round(ENGINE_BYTES + sizeBytes + width * BYTES_PER_WIDTH);
}

/** A model may take this share of the machine's memory: the system, the window and other programs need the rest. */
const MOST_OF_MEMORY = 0.5;

/** Whether a machine has the memory for a model beside everything else. */
export function fitsMemory(needBytes: number, machineBytes: number): boolean {
  return needBytes <= MOST_OF_MEMORY * machineBytes;
}
