import { test } from 'vitest';
import { temporaryFolder } from '../files/testing/temporary-folder.ts';
import { assertOneGetsTheVault } from './testing/child.ts';

test('of fifty processes at once one gets the vault', async () => {
  await assertOneGetsTheVault(temporaryFolder(), 50);
});
