import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../../../renderer/components/button.tsx';
import { Field, TextInput } from '../../../../renderer/components/field.tsx';
import { signIn } from '../page-actions.ts';
import { usePage } from '../page-store.ts';
import { sentenceOf, usePageText } from '../page-texts.ts';
import { signInAtProvider } from '../provider-actions.ts';
import { NoticeLine } from './notice-line.tsx';

/** Signs in at the house's identity provider, if there is one, or by an access token. */
export function SignIn() {
  const t = usePageText();
  const { hasProvider, isSigningIn, signInProblem } = usePage();
  const [usesToken, setUsesToken] = useState(false);
  const [token, setToken] = useState('');
  const [isMissing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const isByToken = usesToken || !hasProvider;
  useEffect(() => {
    if (usesToken) input.current?.focus();
  }, [usesToken]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isSigningIn) return;
    if (!isByToken) return void signInAtProvider();
    setMissing(token.trim() === '');
    input.current?.focus();
    if (token.trim() !== '') void signIn(token.trim());
  };
  const changeWay = () => {
    setUsesToken(!usesToken);
    setMissing(false);
    usePage.setState({ signInProblem: null });
  };
  const error = errorOf();
  return (
    <main className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center px-4 py-10 sm:px-6">
      <form
        onSubmit={submit}
        className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-6 shadow-float sm:p-8"
      >
        <div>
          <h1 className="text-xl font-semibold">{t('signInTitle')}</h1>
          <p className="mt-1.5 text-ink-soft">{t(isByToken ? 'signInText' : 'signInProviderText')}</p>
        </div>
        {isByToken && (
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
        )}
        <div role="alert" className="empty:hidden">
          {error !== null && !isSigningIn && <NoticeLine tone="danger">{error}</NoticeLine>}
        </div>
        <div className="flex flex-col gap-2">
          <Button type="submit" look="primary" disabled={isSigningIn}>
            {t(isSigningIn ? 'signingIn' : 'signIn')}
          </Button>
          {hasProvider && (
            <Button look="plain" disabled={isSigningIn} onClick={changeWay}>
              {t(isByToken ? 'useProvider' : 'useToken')}
            </Button>
          )}
        </div>
      </form>
    </main>
  );

  function errorOf(): string | null {
    if (isMissing) return t('tokenMissing');
    if (signInProblem === 'token.refused' && !isByToken) return t('signInEnded');
    return signInProblem === null ? null : sentenceOf(signInProblem, '');
  }
}
