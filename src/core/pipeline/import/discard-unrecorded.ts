import type { ImportServices } from './import-task.ts';

/**
 * Deletes a sealed object whose record could not be written: until the next sweep it would only take up room. Where the
 * record is there after all, because only what followed it failed, the object stays.
 */
export async function discardUnrecorded(
  { vault, database }: Pick<ImportServices, 'vault' | 'database'>,
  objectId: string,
): Promise<void> {
  if ((await database.objects.get(objectId)) === null) await vault.objects.remove([objectId]);
}
