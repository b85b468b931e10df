import { test } from 'vitest';
import { assertOneGetsTheVault } from './testing/child.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

test('of fifty processes at once one gets the vault', async () => {
  await assertOneGetsTheVault(temporaryFolder(), 50);
});
