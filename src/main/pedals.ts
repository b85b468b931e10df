import type { Session } from 'electron';
import { choosePedal, type PedalStore } from '../app/settings/pedals.ts';

/**
 * Answers the page's request for a device: the user chooses in the system's dialog, which no page can operate. The
 * choice is stored, and `onChosen` called.
 * @param choose returns the index of the chosen device, or null.
 */
export function offerPedals(
  session: Session,
  store: PedalStore,
  choose: (names: readonly string[]) => Promise<number | null>,
  onChosen: () => void,
): void {
  session.on('select-hid-device', (event, { deviceList }, answer) => {
    event.preventDefault();
    choosePedal(store, deviceList, choose)
      .then((deviceId) => {
        answer(deviceId);
        if (deviceId !== null) onChosen();
      })
      // Without an answer the page would wait for good.
      .catch(() => answer(null));
  });
}
