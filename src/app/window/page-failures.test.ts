import { expect, test } from 'vitest';
import { PageFailures } from './page-failures.ts';

test('a page that fails three times in a minute fails again and again; one that fails now and then does not', () => {
  const failures = new PageFailures();
  const seconds = [0, 50, 70, 100, 200, 210, 219];
  expect(seconds.map((second) => failures.note(second * 1000))).toEqual([
    ...[false, false, false, true],
    ...[false, false, true],
  ]);
});

test('a failure is told once', () => {
  const failures = new PageFailures();
  expect(failures.takeUntold()).toBe(false);
  failures.note(0);
  failures.note(1);
  expect(failures.takeUntold()).toBe(true);
  expect(failures.takeUntold()).toBe(false);
});
