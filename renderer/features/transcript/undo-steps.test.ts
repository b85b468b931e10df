import { describe, expect, it } from 'vitest';
import { UndoSteps } from './undo-steps.ts';

describe('steps of undo', () => {
  it('takes typing in one go back at once', () => {
    const steps = new UndoSteps();
    for (let edit = 0; edit < 3; edit += 1) steps.add('typing 1');
    steps.add('typing 2');
    expect([steps.undo(), steps.undo()]).toEqual([1, 3]);
    expect([steps.redo(), steps.redo()]).toEqual([3, 1]);
  });

  it('begins a new step behind anything else', () => {
    const steps = new UndoSteps();
    steps.add('typing 1');
    steps.add(null);
    steps.add('typing 1');
    expect([steps.undo(), steps.undo(), steps.undo()]).toEqual([1, 1, 1]);
  });

  it('undoes edit by edit what was done before the transcript was opened', () => {
    expect(new UndoSteps().undo()).toBe(1);
  });
});
