import { type EngineLauncher, forkEngine } from '../../core/engine/engine-process.ts';

/** How the engine is started; Electron's main process starts it differently. */
export type { EngineLauncher };

/** Starts the engine as a child process of Node. */
export const launchNodeEngine: EngineLauncher = () => forkEngine();
