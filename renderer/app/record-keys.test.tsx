import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CaptureWarning } from '../../src/contract/capture.ts';
import { RecordBars } from '../features/record/record-bar.tsx';
import { takeAppState, useApp } from '../stores/app.ts';
import { clearCaptures, takeCapture, useCaptures } from '../stores/captures.ts';
import { connectStores } from '../stores/connect.ts';
import { clearNavigation, goTo, showOverlay, useNavigation } from '../stores/navigation.ts';
import { useToasts } from '../stores/toasts.ts';
import { exampleAppState } from '../testing/example-app-state.ts';
import { exampleCapture } from '../testing/example-capture.ts';
import { FakeBridge } from '../testing/fake-bridge.ts';
import { show, takeAway } from '../testing/rendering.tsx';
import { lockNow } from './lock-now.ts';
import { useShortcuts } from './use-shortcuts.ts';

const CAPTURE = exampleCapture();

let bridge: FakeBridge;

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.install();
  takeAppState(exampleAppState());
});
afterEach(() => {
  takeAway();
  clearCaptures();
  clearNavigation();
  useToasts.setState({ notices: [] });
  useApp.setState({ state: null });
});

function Keys() {
  useShortcuts();
  return <RecordBars />;
}

function press(letter: string, isRepeat = false): void {
  const init = { ctrlKey: true, shiftKey: true, code: `Key${letter}`, repeat: isRepeat, cancelable: true };
  fireEvent.keyDown(window, { ...init, key: letter });
}

it('starts and stops by the same key, and not again while it is held down', async () => {
  bridge.answer('captures.start', () => CAPTURE);
  bridge.answer('captures.stop', () => exampleCapture({ state: 'done' }));
  show(<Keys />);
  press('R');
  press('R', true);
  await screen.findByRole('region', { name: 'Recording “Ward round”' });
  press('R', true);
  expect(bridge.inputs('captures.stop')).toEqual([]);
  press('R');
  await waitFor(() => expect(bridge.inputs('captures.stop')).toEqual([{ id: CAPTURE.id }]));
  expect(bridge.inputs('captures.start')).toHaveLength(1);
});

it('pauses, marks and stops over a dialog too, but starts nothing there', async () => {
  show(<Keys />);
  act(() => showOverlay({ kind: 'palette' }));
  press('R');
  press('P');
  press('M');
  expect(bridge.made).toEqual([]);
  act(() => takeCapture(CAPTURE));
  bridge.answer('captures.pause', () => undefined);
  bridge.answer('captures.mark', () => ({ id: CAPTURE.id, atMs: 1, label: '' }));
  bridge.answer('captures.stop', () => exampleCapture({ state: 'done' }));
  press('P');
  press('M');
  press('R');
  await waitFor(() =>
    expect(bridge.made.map(({ name }) => name)).toEqual(['captures.pause', 'captures.mark', 'captures.stop']),
  );
});

it('locks at once while recording, and never seals then', async () => {
  takeAppState(exampleAppState({ alwaysSeal: true }));
  takeCapture(CAPTURE);
  bridge.answer('vault.lock', () => exampleAppState());
  lockNow();
  await waitFor(() => expect(bridge.inputs('vault.lock')).toEqual([{ how: 'curtain' }]));
  expect(useNavigation.getState().overlay).toBeNull();
});

it('shows what runs on the page that comes after the curtain, follows it, and says that it is stored', async () => {
  bridge.answer('app.state', () => exampleAppState());
  bridge.answer('app.begun', () => ({ afterFailure: false }));
  bridge.answer('app.here', () => undefined);
  bridge.answer('matters.draft', () => null);
  for (const name of ['library.list', 'matters.list', 'models.list', 'library.rejections'] as const)
    bridge.answer(name, () => []);
  bridge.answer('library.leftOut', () => []);
  bridge.answer('captures.unfinished', () => []);
  bridge.answer('editorTools.snippets', () => null);
  bridge.answer('languages.usual', () => []);
  bridge.answer('retention.due', () => ({
    nowMs: 0,
    due: [],
    heldMatterIds: [],
    erased: 0,
    clockDoubt: null,
  }));
  const held = bridge.hold('captures.list');
  useApp.setState({ state: null });
  show(<Keys />);
  await act(connectStores);
  // Told while the list is on its way: the list may be older.
  act(() => bridge.emit({ type: 'captureChanged', capture: exampleCapture({ durationMs: 50_000 }) }));
  await act(async () => held.answer([CAPTURE]));
  await waitFor(() => expect(screen.getByRole('timer').textContent).toBe('0:50'));
  expect(useNavigation.getState().route.screen).toBe('library');
  const warnings: CaptureWarning[] = ['finalTranscriptFailed'];
  act(() => bridge.emit({ type: 'captureChanged', capture: exampleCapture({ state: 'done', warnings }) }));
  expect(screen.queryByRole('region')).toBeNull();
  expect(useToasts.getState().notices).toMatchObject([
    { text: expect.stringContaining('The final transcript of “Ward round” could not be begun.') },
    { text: '“Ward round” is stored in the vault: 0:42.' },
  ]);
  // By the global shortcut, while nobody reads anything else.
  const other = { id: '0198a000-0000-7000-8000-0000000000c2' };
  act(() => bridge.emit({ type: 'captureChanged', capture: exampleCapture(other) }));
  expect(useNavigation.getState().route).toMatchObject({ screen: 'transcript' });
  // From here, and long before the start is answered.
  const third = { id: '0198a000-0000-7000-8000-0000000000c3', recordingId: other.id };
  act(() => bridge.emit({ type: 'captureChanged', capture: exampleCapture({ ...other, state: 'done' }) }));
  act(() => goTo({ screen: 'settings' }));
  const start = bridge.hold('captures.start');
  press('R');
  act(() => bridge.emit({ type: 'captureChanged', capture: exampleCapture({ ...third, state: 'new' }) }));
  expect(useNavigation.getState().route.screen).toBe('settings');
  act(() => bridge.emit({ type: 'captureChanged', capture: exampleCapture(third) }));
  expect(useNavigation.getState().route).toMatchObject({ recordingId: third.recordingId });
  act(() => goTo({ screen: 'settings' }));
  await act(async () => start.answer(exampleCapture(third)));
  await waitFor(() => expect(useCaptures.getState().isStarting).toBe(false));
  expect(useNavigation.getState().route.screen).toBe('settings');
  act(() => bridge.emit({ type: 'stateChanged', state: exampleAppState({}, 'locked') }));
  expect(useCaptures.getState().captures.size).toBe(0);
});
