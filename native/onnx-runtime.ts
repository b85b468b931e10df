import { loadAddon } from './load.ts';

/**
 * Switches off the trace events of the ONNX Runtime that this process has loaded; tells whether it has loaded one, and that
 * obeyed. Only its library for Windows writes any. A trace session that begins later switches them on again. On macOS none is
 * found. Throws AppError `engine.notBuilt`.
 */
export function silenceOnnxRuntime(): boolean {
  return loadAddon().silenceOnnxRuntime();
}
