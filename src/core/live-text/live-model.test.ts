import { describe, expect, it } from 'vitest';
import { type LiveModel, LiveModelDecision } from './live-model.ts';

function model(name: string, layers: number, width: number, multilingual = true): LiveModel {
  const facts = {
    ...{ multilingual, canTranslate: multilingual, encoderLayers: layers, decoderLayers: layers },
    ...{ width, quantisation: 'q8_0' },
  };
  return { choice: { name, path: `/models/${name}.bin`, sha256: '0'.repeat(64) }, facts };
}

const TINY_EN = model('tiny.en', 4, 384, false);
const BASE = model('base', 6, 512);
const SMALL = model('small', 12, 768);
const MEDIUM = model('medium', 24, 1024);

describe('the model of the live text', () => {
  it('is that of the final transcript if it keeps up', () => {
    const decision = new LiveModelDecision({ final: BASE, others: [TINY_EN] });
    decision.tried(5_000, 600);
    expect(decision.decide('en')).toEqual({ model: 'base', reason: 'keepsUp', realTimeFactor: 0.24 });
  });

  it('is the largest smaller one that should keep up', () => {
    const decision = new LiveModelDecision({ final: MEDIUM, others: [TINY_EN, BASE, SMALL] });
    decision.tried(5_000, 5_000);
    expect(decision.decide('en')).toMatchObject({
      model: 'small',
      reason: 'finalTooSlow',
      realTimeFactor: 2,
    });
  });

  it('is no English one unless English is spoken', () => {
    const models = { final: BASE, others: [TINY_EN] };
    for (const language of [null, 'es']) {
      const decision = new LiveModelDecision(models);
      decision.tried(5_000, 5_000);
      expect(decision.decide(language)).toMatchObject({ model: 'base', reason: 'noSmaller' });
    }
    const decision = new LiveModelDecision(models);
    decision.tried(5_000, 5_000);
    expect(decision.decide('en')).toMatchObject({ model: 'tiny.en', reason: 'finalTooSlow' });
    decision.requireLanguage('es');
    expect(decision.current).toBe(BASE);
  });

  it('becomes a smaller one while it runs, but not for one slow pass', () => {
    const decision = new LiveModelDecision({ final: BASE, others: [TINY_EN] });
    for (const cost of [900, 900, 9_000, 900, 900]) decision.measured(3_000, cost);
    expect(decision.decide('en')).toMatchObject({ reason: 'keepsUp' });
    for (let pass = 0; pass < 5; pass += 1) decision.measured(3_000, 3_000);
    expect(decision.decide('en')).toMatchObject({ model: 'tiny.en', realTimeFactor: 1 });
    expect(decision.decide('en')).toMatchObject({ model: 'tiny.en', realTimeFactor: 1 });
  });
});
