import { ensureBuilt } from './built-app.ts';

/** Runs once before all specs. */
export default function buildFirst(): void {
  ensureBuilt();
}
