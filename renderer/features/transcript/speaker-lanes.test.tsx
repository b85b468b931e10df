import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SpeakerLane } from '../../../src/contract/speakers.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { SpeakerLanes } from './playback/speaker-lanes.tsx';
import { WaveformView } from './playback/waveform-view.ts';

const LANES: SpeakerLane[] = [
  { speaker: 'Doctor', turns: [turn(0, 20_000), turn(60_000, 61_000)], talkMs: 21_000 },
  { speaker: null, turns: [turn(15_000, 40_000)], talkMs: 25_000 },
];
const DURATION_MS = 100_000;

function turn(startMs: number, endMs: number) {
  return { startMs, endMs };
}

const onPlay = vi.fn<(timeMs: number) => void>();
let view: WaveformView;

beforeEach(() => {
  onPlay.mockReset();
  view = new WaveformView();
  // Nothing is laid out in the test's page: 1,000 pixels, which is 100 ms each.
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1000);
});
afterEach(() => {
  takeAway();
  vi.restoreAllMocks();
});

function lanes(shown = LANES, nowMs = 0): HTMLElement {
  show(
    <SpeakerLanes
      lanes={shown}
      speakers={['Doctor']}
      durationMs={DURATION_MS}
      view={view}
      now={() => nowMs}
      onPlay={onPlay}
    />,
  );
  return screen.getByRole('listbox', { name: 'Who speaks when' });
}

const told = () => screen.getByRole('option').textContent;
const point = (list: HTMLElement, x: number, y: number) =>
  fireEvent.pointerMove(list, { clientX: x, clientY: y });

it('tells whose turn is under the pointer, and when that is', () => {
  const list = lanes();
  point(list, 170, 2);
  expect(told()).toBe('Doctor, 00:00–00:20');
  // Both speak then: the other row is the other speaker's.
  point(list, 170, 9);
  expect(told()).toBe('Unknown, 00:15–00:40');
  expect(screen.getByRole('option').getAttribute('aria-selected')).toBe('true');
  point(list, 500, 2);
  expect(screen.getByRole('option').getAttribute('aria-selected')).toBe('false');
});

it('plays from where it was pressed, and a short turn from its start', () => {
  const list = lanes();
  const press = (clientX: number) => fireEvent.pointerDown(list, { clientX, clientY: 2, button: 0 });
  press(120);
  press(606);
  press(800);
  expect(onPlay.mock.calls).toEqual([[12_000], [60_000], [80_000]]);
});

it('follows the zoom and the scroll of the waveform', () => {
  const list = lanes();
  const drawn = {
    getScroll: () => 5900,
    setScroll: vi.fn(),
    getWrapper: () => ({ clientWidth: 10_000 }) as HTMLElement,
  };
  act(() => view.show(drawn));
  point(list, 105, 2);
  expect(told()).toBe('Doctor, 01:00–01:01');
  // A chosen turn that is out of sight is scrolled to.
  fireEvent.focus(list);
  fireEvent.keyDown(list, { key: 'Home' });
  expect(drawn.setScroll).toHaveBeenCalledWith(0);
  act(() => view.show(null));
  point(list, 105, 2);
  expect(told()).toBe('Doctor, 00:00–00:20');
});

it('goes from turn to turn with the keyboard, and plays the chosen one', () => {
  const list = lanes(LANES, 50_000);
  fireEvent.focus(list);
  expect(told()).toBe('Doctor, 01:00–01:01');
  expect(list.getAttribute('aria-activedescendant')).toBe(screen.getByRole('option').id);
  expect(screen.getByRole('option').getAttribute('aria-posinset')).toBe('3');
  fireEvent.keyDown(list, { key: 'ArrowRight' });
  expect(told()).toBe('Doctor, 01:00–01:01');
  fireEvent.keyDown(list, { key: 'ArrowLeft' });
  expect(told()).toBe('Unknown, 00:15–00:40');
  fireEvent.keyDown(list, { key: 'ArrowUp' });
  expect(told()).toBe('Doctor, 00:00–00:20');
  fireEvent.keyDown(list, { key: 'ArrowDown' });
  fireEvent.keyDown(list, { key: 'Enter' });
  expect(onPlay).toHaveBeenCalledWith(15_000);
});

it('shows nothing where nobody is told apart', () => {
  show(
    <SpeakerLanes
      lanes={[{ speaker: null, turns: [turn(0, 90_000)], talkMs: 90_000 }]}
      speakers={[]}
      durationMs={DURATION_MS}
      view={view}
      now={() => 0}
      onPlay={onPlay}
    />,
  );
  expect(screen.queryByRole('listbox')).toBeNull();
});

it('has few elements, however many turns there are', () => {
  const turns = Array.from({ length: 20_000 }, (_, index) => turn(index * 5, index * 5 + 4));
  const list = lanes([{ speaker: 'Doctor', turns, talkMs: 80_000 }]);
  expect(list.querySelectorAll('*').length).toBeLessThan(10);
});
