import { describe, expect, it } from 'vitest';
import { type ChangedShortcuts, shortcutKeys } from '../../../../src/contract/shortcuts.ts';
import type { KeyPress } from '../../../lib/key-press.ts';
import { pressOf as press } from '../../../lib/testing/key-press.ts';
import { actionFor, isHeld, repeats, speakerPlace } from './transcript-keys.ts';

const means = (
  event: KeyPress,
  {
    platform = 'linux',
    isInField = false,
    changed = {},
  }: {
    platform?: 'linux' | 'darwin';
    isInField?: boolean;
    changed?: ChangedShortcuts;
  } = {},
) => actionFor(event, shortcutKeys(changed, platform), platform, isInField);

describe('keys of a transcript', () => {
  it('are those of oTranscribe', () => {
    expect(means(press('Escape'))).toBe('playPause');
    expect(means(press('F1'))).toBe('back');
    expect(means(press('j', { ctrlKey: true }))).toBe('insertTime');
    expect(means(press('j', { metaKey: true }), { platform: 'darwin' })).toBe('insertTime');
  });

  it('are the media keys', () => {
    const keys = [
      'MediaPlayPause',
      'MediaPlay',
      'MediaStop',
      'MediaPause',
      'MediaTrackPrevious',
      'MediaTrackNext',
    ];
    expect(keys.map((key) => means(press(key)))).toEqual([
      'playPause',
      'playPause',
      'pause',
      'pause',
      'back',
      'forward',
    ]);
  });

  it('are those that the user gives', () => {
    const changed = { playWhileHeld: ['F4'], faster: ['Mod+F4'] };
    const held = means(press('F4'), { changed });
    expect(held).toBe('playWhileHeld');
    expect(held !== null && isHeld(held)).toBe(true);
    expect(means(press('F4', { ctrlKey: true }), { changed })).toBe('faster');
    expect([repeats('faster'), repeats('playPause')]).toEqual([true, false]);
  });

  it('hop to the doubtful word before with Shift, whatever character the key then gives', () => {
    expect(means(press('.', { ctrlKey: true }))).toBe('nextDoubt');
    expect(means(press(':', { ctrlKey: true, shiftKey: true, code: 'Period' }))).toBe('previousDoubt');
  });

  it('leave typing and other fields their own', () => {
    expect(means(press('z', { ctrlKey: true }), { isInField: true })).toBeNull();
    expect(means(press('F2'), { isInField: true })).toBe('forward');
    expect(means(press('€', { ctrlKey: true, altKey: true }))).toBeNull();
    expect(means(press('f', { ctrlKey: true, isComposing: true }))).toBeNull();
    expect(means(press('3'), { isInField: true })).toBeNull();
  });

  it('name speakers by bare digits, or by what the user gives them', () => {
    const placeOf = (event: KeyPress, changed: ChangedShortcuts = {}) => {
      const action = means(event, { changed });
      return action === null || isHeld(action) ? null : speakerPlace(action);
    };
    expect(placeOf(press('3'))).toBe(2);
    expect(placeOf(press('0'))).toBeNull();
    expect(placeOf(press('3', { ctrlKey: true }))).toBeNull();
    const changed = { speaker1: ['Q', 'F7'], speaker2: [] };
    expect(placeOf(press('q'), changed)).toBe(0);
    expect(placeOf(press('F7'), changed)).toBe(0);
    expect(placeOf(press('1'), changed)).toBeNull();
    expect(placeOf(press('2'), changed)).toBeNull();
  });
});
