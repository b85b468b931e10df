import { chooseRuntime } from '../runtime.ts';
import { test as base } from '../vault-fixture.ts';

/** Why these specs do not run elsewhere. */
const REASON = 'This is what only Electron can show. Install its binary: npx install-electron';

/** `test` of the vault's fixtures, skipped wherever the app does not run on real Electron. */
export const test = base.extend<{ onlyElectron: undefined }>({
  onlyElectron: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use, info) => {
      info.skip(chooseRuntime() !== 'electron', REASON);
      await use(undefined);
    },
    { auto: true },
  ],
});

export { expect } from '../vault-fixture.ts';
