import type { ImportOutcome } from '../../contract/ipc.ts';
import type { Handlers } from '../answer-request.ts';
import { keepMatterDraft, matterDraft, saveMatter } from '../matters/matter-views.ts';
import { modelViews } from '../models/model-views.ts';
import type { OpenVault } from '../open-vault.ts';

type LibraryRequest = Extract<
  keyof Handlers,
  `library.${string}` | `matters.${string}` | `jobs.${string}` | `models.${string}`
>;

/** Answers what concerns recordings, matters, jobs and models. */
export function libraryHandlers(parts: {
  /** Throws `vault.sealed` unless the vault is open. */
  readonly open: () => OpenVault;
  /** The system's dialogs; empty or null where cancelled. */
  readonly chooseRecordings: (what: 'files' | 'folder') => Promise<string[]>;
  readonly chooseModel: () => Promise<string | null>;
}): Pick<Handlers, LibraryRequest> {
  const { open } = parts;
  const queueStep = async (jobId: string, step: Promise<void>) => {
    await step;
    await open().touchJob(jobId);
  };
  return {
    'matters.list': () => open().library.matters(),
    'matters.delete': ({ id, recordings }) => open().library.deleteMatter(id, recordings),
    'matters.save': async (matter) => {
      const saved = await saveMatter(open().workspace.database, matter);
      open().library.touchMatters();
      return saved;
    },

    'matters.draft': () => matterDraft(open().workspace.database),
    'matters.keepDraft': (draft) => keepMatterDraft(open().workspace.database, draft),

    'library.list': () => open().library.list(),
    'library.search': async ({ text, limit }) => {
      const hits = await open().workspace.database.search.find({ text, limit });
      return hits.map(({ recordingId, recordingName, segmentId, startMs, snippet, matches }) => ({
        recordingId,
        recordingName,
        segmentId,
        startMs,
        snippet,
        matches: [...matches],
      }));
    },
    'library.import': ({ paths, ...choice }) => open().intake.bringIn(paths, choice),
    'library.importChosen': async ({ what, ...choice }): Promise<ImportOutcome> => {
      const { intake } = open();
      return await intake.bringIn(await parts.chooseRecordings(what), choice);
    },
    'library.importAgain': ({ ticket, track, ...choice }) => open().intake.again(ticket, track, choice),
    'library.rejections': () => open().intake.rejections(),
    'library.dismissRejections': ({ tickets }) => open().intake.dismiss(tickets),
    'library.leftOut': () => open().intake.leftOut(),
    'library.dismissLeftOut': ({ tickets }) => open().intake.dismissLeftOut(tickets),
    'library.importSamples': async () => ({ added: await open().intake.bringInSamples() }),
    'library.readAgain': ({ id }) => open().library.readAgain(id),
    'library.rename': ({ id, name }) => open().library.rename(id, name),
    'library.move': ({ ids, matterId }) => open().library.move(ids, matterId),
    'library.join': ({ ids, name }) => open().library.join(ids, name),
    'library.bin': ({ ids }) => open().library.bin(ids),
    'library.restore': ({ ids }) => open().library.restore(ids),
    'library.erase': ({ ids, count }) => open().library.erase(ids, count),

    'jobs.start': ({ recordingId, choice }) => open().intake.transcribe(recordingId, choice),
    'jobs.startSpan': async ({ recordingId, span, choice }) => ({
      jobId: await open().intake.transcribeSpan(recordingId, span, choice),
    }),
    'jobs.pause': ({ jobId }) => queueStep(jobId, open().workspace.queue.pause(jobId)),
    'jobs.resume': ({ jobId }) => queueStep(jobId, open().workspace.queue.resume(jobId)),
    'jobs.cancel': ({ jobId }) => queueStep(jobId, open().workspace.queue.cancel(jobId)),
    'jobs.retry': ({ jobId }) => queueStep(jobId, open().workspace.queue.retry(jobId)),
    'jobs.first': ({ jobId }) => queueStep(jobId, open().workspace.queue.putFirst(jobId)),
    'jobs.move': ({ jobId, beforeJobId }) =>
      queueStep(jobId, open().workspace.database.jobs.moveBefore({ jobId, beforeJobId })),

    'models.list': () => modelViews(open().models),
    'models.importChosen': async () => {
      const { intake } = open();
      const file = await parts.chooseModel();
      return file === null ? null : await intake.bringInModel(file);
    },
    'models.makeDefault': async ({ name }) => {
      await open().models.setDefault(name);
      return await open().intake.modelsChanged();
    },
    'models.remove': async ({ name }) => {
      await open().removeModel(name);
      return await open().intake.modelsChanged();
    },
  };
}
