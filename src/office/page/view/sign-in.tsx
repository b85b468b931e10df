import { type SyntheticEvent, useRef, useState } from 'react';
import { Button } from '../../../../renderer/components/button.tsx';
import { Field, TextInput } from '../../../../renderer/components/field.tsx';
import { signIn } from '../page-actions.ts';
import { usePage } from '../page-store.ts';
import { sentenceOf, usePageText } from '../page-texts.ts';
import { NoticeLine } from './notice-line.tsx';

/** Asks for an access token. */
export function SignIn() {
  const t = usePageText();
  const { isSigningIn, signInProblem } = usePage();
  const [token, setToken] = useState('');
  const [isMissing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isSigningIn) return;
    setMissing(token.trim() === '');
    input.current?.focus();
    if (token.trim() !== '') void signIn(token.trim());
  };
  const error = isMissing ? t('tokenMissing') : signInProblem === null ? null : sentenceOf(signInProblem, '');
  return (
    <main className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center px-4 py-10 sm:px-6">
      <form
        onSubmit={submit}
        className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-6 shadow-float sm:p-8"
      >
        <div>
          <h1 className="text-xl font-semibold">{t('signInTitle')}</h1>
          <p className="mt-1.5 text-ink-soft">{t('signInText')}</p>
        </div>
        <Field label={t('token')}>
          {(ids) => (
            <TextInput
              {...ids}
              ref={input}
              type="password"
              autoComplete="off"
              spellCheck={false}
              value={token}
              aria-invalid={error !== null || undefined}
              onChange={({ target }) => setToken(target.value)}
            />
          )}
        </Field>
        <div role="alert" className="empty:hidden">
          {error !== null && !isSigningIn && <NoticeLine tone="danger">{error}</NoticeLine>}
        </div>
        <Button type="submit" look="primary" disabled={isSigningIn}>
          {t(isSigningIn ? 'signingIn' : 'signIn')}
        </Button>
      </form>
    </main>
  );
}
