import { describe, expect, it } from 'vitest';
import { pedalOf, pedalShortcut } from '../../src/contract/pedals.ts';
import { isShortcut } from '../../src/contract/shortcuts.ts';
import { buttonBits, buttonChanges, type ReportCollection } from './pedal-reports.ts';

/** The decoded reports, from the idle state on: `+1` if bit 1 goes down, `-1` if it comes up. */
function told(reports: readonly (readonly number[])[], buttons: ReadonlySet<number> | null = null): string[] {
  let before: Uint8Array = new Uint8Array();
  return reports.map((bytes) => {
    const after = Uint8Array.from(bytes);
    const changes = buttonChanges(before, after, buttons);
    before = after;
    return changes.map(({ bit, isDown }) => `${isDown ? '+' : '-'}${bit}`).join(' ');
  });
}

describe('a pedal’s reports', () => {
  it('of Infinity: two bytes, the lowest bits left, middle and right', () => {
    const reports = [
      [0, 0],
      [1, 0],
      [0, 0],
      [2, 0],
      [6, 0],
      [4, 0],
      [0, 0],
      [7, 0],
      [0, 0],
    ];
    expect(told(reports)).toEqual(['', '+0', '-0', '+1', '+2', '-1', '-2', '+0 +1 +2', '-0 -1 -2']);
  });

  it('of Philips: one byte with a fourth pedal; the first report may tell of one that is down', () => {
    expect(told([[2], [2], [10], [8], [0]])).toEqual(['+1', '', '+3', '-1', '-3']);
  });

  it('that get shorter leave no button down', () => {
    expect(told([[0, 1], [0], []])).toEqual(['+8', '-8', '']);
  });

  it('count only fields of one bit where the device describes such: axes and padding move nothing', () => {
    const joystick: ReportCollection[] = [
      {
        children: [
          {
            inputReports: [
              {
                reportId: 3,
                items: [
                  { reportSize: 8, reportCount: 2 },
                  { reportSize: 1, reportCount: 4 },
                  { reportSize: 1, reportCount: 4, isConstant: true },
                ],
              },
            ],
          },
        ],
      },
    ];
    const buttons = buttonBits(joystick, 3);
    expect([...(buttons ?? [])]).toEqual([16, 17, 18, 19]);
    expect(
      told(
        [
          [128, 127, 0xf0],
          [3, 250, 0x02],
          [128, 127, 0x00],
        ],
        buttons,
      ),
    ).toEqual(['', '+17', '-17']);
    expect(buttonBits(joystick, 0)).toBeNull();
    expect(
      buttonBits([{ inputReports: [{ reportId: 0, items: [{ reportSize: 8, reportCount: 8 }] }] }], 0),
    ).toBeNull();
  });

  it('give names that can be stored and read again', () => {
    const infinity = { vendorId: 0x05f3, productId: 0x00ff };
    const shortcut = pedalShortcut(infinity, 0, 1);
    expect([shortcut, isShortcut(shortcut)]).toEqual(['hid:05f3:00ff:0:1', true]);
    expect(pedalOf(shortcut)).toEqual({ model: 'Infinity', part: 'middle', button: 2 });
    expect(pedalOf(pedalShortcut({ vendorId: 0x07b4, productId: 0x025f }, 255, 16))).toEqual({
      model: 'Olympus RS31H',
      part: null,
      button: 17,
    });
    expect(pedalOf('Mod+K')).toBeNull();
  });
});
