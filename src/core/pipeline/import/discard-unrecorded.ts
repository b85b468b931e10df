import type { ImportServices } from './import-task.ts';

/**
 * Deletes a sealed object whose record could not be written: until the next sweep it would only use disk space. If the
 * record exists after all, because only a later write failed, the object stays.
 */
export async function discardUnrecorded(
  { vault, database }: Pick<ImportServices, 'vault' | 'database'>,
  objectId: string,
): Promise<void> {
  if ((await database.objects.get(objectId)) === null) await vault.objects.remove([objectId]);
}
