import { Gauge, type Registry } from 'prom-client';
import { isOfficeError } from '../contract/office-errors.ts';
import type { WorkerScaling } from './worker-scaling.ts';

/** Tells on `/metrics` how many workers are wanted, once that is known. */
export function addScalingGauge(registry: Registry, scaling: WorkerScaling): void {
  new Gauge({
    registers: [registry],
    name: 'voicesync_workers_wanted',
    help: 'Workers that the scaling policy wants.',
    collect() {
      try {
        this.set(scaling.state().wantedWorkers);
      } catch (error) {
        if (!isOfficeError(error, 'scaling.notYet')) throw error;
        this.reset();
      }
    },
  });
}
