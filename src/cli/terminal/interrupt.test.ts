import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { EXIT } from './exit-status.ts';
import { Interrupt } from './interrupt.ts';

/** An interrupt, and what happens when its signals come. */
function observed() {
  const signals = new EventEmitter();
  const told: string[] = [];
  const interrupt = new Interrupt({ signals, exit: (status) => told.push(`exit ${status}`) }, () =>
    told.push('stop'),
  );
  return { interrupt, told, press: () => signals.emit('SIGINT'), signals };
}

test('the first request stops the command in order, the second at once', () => {
  const { interrupt, told, press, signals } = observed();
  press();
  expect(interrupt.isRequested).toBe(true);
  press();
  expect(told).toEqual(['stop', `exit ${EXIT.interrupted}`]);
  interrupt.release();
  expect(signals.listenerCount('SIGINT')).toBe(0);
});

test('while a recording runs the first request ends only that, and a second one the command', () => {
  const { interrupt, told, press } = observed();
  const end = interrupt.divert(() => told.push('end of recording'));
  press();
  expect(interrupt.isRequested).toBe(false);
  press();
  expect(told).toEqual(['end of recording', `exit ${EXIT.interrupted}`]);
  end();
  press();
  expect(told.at(-1)).toBe('stop');
});
