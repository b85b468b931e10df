import { describe, expect, it } from 'vitest';
import { actionFor, speakerNumber } from './transcript-keys.ts';

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe('keys of a transcript', () => {
  it('are those of oTranscribe', () => {
    expect(actionFor(press('Escape'), 'linux', false)).toBe('playPause');
    expect(actionFor(press('F1'), 'linux', false)).toBe('back');
    expect(actionFor(press('j', { ctrlKey: true }), 'linux', false)).toBe('insertTime');
    expect(actionFor(press('j', { metaKey: true }), 'darwin', false)).toBe('insertTime');
  });

  it('hop to the doubtful word before with Shift, whatever character the key then gives', () => {
    expect(actionFor(press('.', { ctrlKey: true }), 'linux', false)).toBe('nextDoubt');
    expect(actionFor(press(':', { ctrlKey: true, shiftKey: true, code: 'Period' }), 'linux', false)).toBe(
      'previousDoubt',
    );
  });

  it('leave other fields their own', () => {
    expect(actionFor(press('z', { ctrlKey: true }), 'linux', true)).toBeNull();
    expect(actionFor(press('F2'), 'linux', true)).toBe('forward');
  });

  it('take bare digits alone for speakers', () => {
    expect(speakerNumber(press('3'))).toBe(3);
    expect(speakerNumber(press('0'))).toBeNull();
    expect(speakerNumber(press('3', { ctrlKey: true }))).toBeNull();
  });
});
