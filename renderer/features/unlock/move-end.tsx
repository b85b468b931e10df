import { useTranslation } from 'react-i18next';
import { errorOf } from '../../../src/contract/errors.ts';
import type { VaultMoved } from '../../../src/contract/vault-place.ts';
import { describeError } from '../../../src/messages/describe-error.ts';
import { useLanguage } from '../../components/window-facts.ts';

const SAID = { moved: 'movedTo', stopped: 'moveStopped', failed: 'moveFailed' } as const;

/** How the last move of the vault has ended. */
export function MoveEnd({ moved }: { moved: VaultMoved }) {
  const { t } = useTranslation('vaultPlace');
  const language = useLanguage();
  const { how, from, to, failure } = moved;
  const problem = failure === null ? null : describeError(errorOf(failure), language);
  return (
    <div role={how === 'failed' ? 'alert' : 'status'} className="[overflow-wrap:anywhere]">
      <p>{t(SAID[how], { from, to })}</p>
      {problem !== null && (
        <p className="mt-1 text-ink-soft">
          {problem.what} {problem.todo}
        </p>
      )}
    </div>
  );
}
