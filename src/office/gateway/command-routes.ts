import { isFinal } from '../../contract/job-states.ts';
import { IdParams, OfficeJobView } from '../contract/office-api.ts';
import type { OfficeAuditAction } from '../contract/office-audit.ts';
import { OfficeError } from '../contract/office-errors.ts';
import { nowOf, type OfficeServices } from './office-services.ts';
import { assertRoomForJob } from './quotas.ts';
import { ownJob, type Route, route, viewOf } from './routes.ts';

/** A command about one job. */
interface Command {
  readonly name: string;
  readonly summary: string;
  readonly action: OfficeAuditAction;
  readonly run: (services: OfficeServices, id: string) => Promise<void>;
}

const COMMANDS: readonly Command[] = [
  {
    name: 'pause',
    summary: 'Pause a job',
    action: 'job.paused',
    run: ({ queue }, id) => queue.pause(id),
  },
  {
    name: 'resume',
    summary: 'Resume a job',
    action: 'job.resumed',
    run: ({ queue }, id) => queue.resume(id),
  },
  {
    name: 'cancel',
    summary: 'Cancel a job',
    action: 'job.cancelled',
    run: ({ queue }, id) => queue.cancel(id),
  },
  {
    name: 'retry',
    summary: 'Try a job again',
    action: 'job.retried',
    run: async ({ queue, jobs, tenants }, id) => {
      // One that has ended is open again.
      const { tenantId, state } = jobs.get(id);
      if (isFinal(state)) assertRoomForJob(tenants, tenantId);
      await queue.retry(id);
    },
  },
  {
    name: 'first',
    summary: 'Put a job before all others of the tenant',
    action: 'job.putFirst',
    run: async ({ queue, jobs }, id) => {
      if (isFinal(jobs.get(id).state)) throw new OfficeError('job.wrongState');
      await queue.putFirst(id);
    },
  },
];

/** What can be done with a job; each is told in the tenant's audit log. */
export const COMMAND_ROUTES: readonly Route[] = COMMANDS.map(({ name, summary, action, run }) =>
  route({
    method: 'POST',
    url: `/v1/jobs/:id/${name}`,
    summary,
    scope: 'control',
    params: IdParams,
    answer: OfficeJobView,
    handle: async ({ services, tenantId, actor, params: { id } }) => {
      ownJob(services, tenantId, id);
      await run(services, id);
      services.audit.append({ tenantId, atMs: nowOf(services), action, subjectId: id, detail: { actor } });
      return viewOf(ownJob(services, tenantId, id));
    },
  }),
);
