import { EventEmitter } from 'node:events';
import type { HIDDevice, Session } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { forgetPedal, isChosenPedal, offeredDevices } from '../app/settings/pedals.ts';
import type { PedalView } from '../contract/views.ts';
import { offerPedals } from './pedals.ts';

const device = (deviceId: string, vendorId: number, productId: number, name: string): HIDDevice => ({
  deviceId,
  vendorId,
  productId,
  name,
  collections: [],
});
const LAMP = device('a', 0x1234, 0x0001, 'Lamp\u202e\nwith\tbuttons');
const INFINITY = device('b', 0x05f3, 0x00ff, 'VEC  Footpedal');

/** A session that requests a device as a page does. */
function askedSession(choose: (names: readonly string[]) => Promise<number | null>) {
  const session = new EventEmitter();
  const store = {
    pedals: [] as readonly PedalView[],
    keepPedals(pedals: readonly PedalView[]) {
      this.pedals = pedals;
    },
  };
  const onChosen = vi.fn();
  offerPedals(session as unknown as Session, store, choose, onChosen);
  const ask = async (deviceList: HIDDevice[]) => {
    const answer = vi.fn();
    session.emit('select-hid-device', { preventDefault: () => undefined }, { deviceList }, answer);
    await vi.waitFor(() => expect(answer).toHaveBeenCalledOnce());
    return answer.mock.calls[0]?.[0];
  };
  return { store, ask, onChosen };
}

describe('pedals', () => {
  it('are offered first, once each, with names of one line', () => {
    expect(offeredDevices([LAMP, INFINITY, LAMP]).map(({ name }) => name)).toEqual([
      'VEC Footpedal',
      'Lamp with buttons',
    ]);
    expect(offeredDevices([device('c', 0x12, 0x3, '')])[0]?.name).toBe('12:0003');
  });

  it('are those that the user has chosen, and no others', async () => {
    const { store, ask, onChosen } = askedSession(async () => 0);
    expect(await ask([LAMP, INFINITY])).toBe('b');
    expect(await ask([INFINITY])).toBe('b');
    expect(onChosen).toHaveBeenCalledTimes(2);
    expect(store.pedals).toEqual([{ vendorId: 0x05f3, productId: 0x00ff, name: 'VEC Footpedal' }]);
    expect(isChosenPedal(store, INFINITY)).toBe(true);
    expect(isChosenPedal(store, LAMP)).toBe(false);
    forgetPedal(store, INFINITY);
    expect(isChosenPedal(store, INFINITY)).toBe(false);
  });

  it('are none where nothing is chosen, there is nothing, or nobody can be asked', async () => {
    for (const choose of [async () => null, async () => 5, () => Promise.reject(new Error('no window'))]) {
      const { store, ask, onChosen } = askedSession(choose);
      expect(await ask([LAMP])).toBeNull();
      expect(store.pedals).toEqual([]);
      expect(onChosen).not.toHaveBeenCalled();
    }
  });
});
