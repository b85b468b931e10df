import { EventEmitter } from 'node:events';
import type { Display, Screen } from 'electron';
import { namingMissing } from './missing.ts';

const area = { x: 0, y: 0, width: 1920, height: 1080 };
const display = {
  id: 1,
  bounds: area,
  workArea: area,
  scaleFactor: 1,
  rotation: 0,
  internal: false,
} as Display;

class StandInScreen extends EventEmitter implements Partial<Omit<Screen, keyof EventEmitter>> {
  getPrimaryDisplay(): Display {
    return display;
  }

  getAllDisplays(): Display[] {
    return [display];
  }

  getDisplayMatching(): Display {
    return display;
  }

  getDisplayNearestPoint(): Display {
    return display;
  }
}

/** One display of 1920 × 1080. */
export const screen = namingMissing('screen', new StandInScreen());
