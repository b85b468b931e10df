import { expect, test } from 'vitest';
import { inputDevicesOf } from './input-devices.ts';

const input = (deviceId: string, label: string, groupId = '') => ({
  kind: 'audioinput' as const,
  deviceId,
  label,
  groupId,
});
const headset = input('h', 'Headset', '2');
const builtIn = input('b', 'Built-in', '1');

test('the device that the system’s default stands for is named as such, and the default is not one more', () => {
  const listed = [
    input('default', 'Default - Headset', '2'),
    input('communications', 'Communications - Built-in', '1'),
    builtIn,
    headset,
    { kind: 'audiooutput' as const, deviceId: 'x', label: 'Headset', groupId: '2' },
  ];
  expect(inputDevicesOf(listed)).toEqual([
    { deviceId: 'b', label: 'Built-in', isDefault: false },
    { deviceId: 'h', label: 'Headset', isDefault: true },
  ]);
});

test('without labels it is found by its group', () => {
  const nameless = [input('default', '', '2'), input('b', '', '1'), input('h', '', '2')];
  expect(inputDevicesOf(nameless).find(({ isDefault }) => isDefault)?.deviceId).toBe('h');
});

test('without a default the first is it; one that stands for no other is a device of its own', () => {
  expect(inputDevicesOf([builtIn, headset]).map(({ isDefault }) => isDefault)).toEqual([true, false]);
  expect(inputDevicesOf([input('default', 'Fake Default', '9'), builtIn])).toEqual([
    { deviceId: 'default', label: 'Fake Default', isDefault: true },
    { deviceId: 'b', label: 'Built-in', isDefault: false },
  ]);
});

test('what the browser hides without permission is no device', () => {
  expect(inputDevicesOf([input('', '')])).toEqual([]);
});
