import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clearImports, takeRejections } from '../../stores/imports.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { Rejections } from './rejections.tsx';

const USUAL_PX = window.innerHeight;

function resize(heightPx: number): void {
  act(() => {
    window.innerHeight = heightPx;
    window.dispatchEvent(new Event('resize'));
  });
}

beforeEach(() =>
  takeRejections(
    ['a.txt', 'b.txt'].map((name) => ({
      ticket: name,
      name,
      failure: { code: 'media.noAudio' as const, details: { file: name } },
    })),
  ),
);
afterEach(() => {
  takeAway();
  clearImports();
  window.innerHeight = USUAL_PX;
});

it('is one line in a low window, which opens', () => {
  show(<Rejections />);
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
  resize(480);
  expect(screen.queryByRole('listitem')).toBeNull();
  expect(screen.getByRole('alert').textContent).toBe('2 files could not be added');
  fireEvent.click(screen.getByRole('button', { name: 'Details' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: 'Hide' }));
  expect(screen.queryByRole('listitem')).toBeNull();
});
