import { namingMissing } from './missing.ts';

/** The system's own permissions: this one has none to ask for. */
export const systemPreferences = namingMissing('systemPreferences', {
  getMediaAccessStatus: () => 'granted' as const,
  askForMediaAccess: async () => true,
});
