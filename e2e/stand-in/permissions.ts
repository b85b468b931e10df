import type { Session, WebContents, WebFrameMain } from 'electron';
import type { AppSession } from './session.ts';

type Check = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Request = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;

/** A page that requests a permission. */
export interface AskingPage {
  readonly session: AppSession;
  readonly mainFrame: WebFrameMain;
}

/** The decision of the session's handlers on a page's request. Without handlers Electron grants. */
export async function isPermitted(page: AskingPage, permission: string, details: object): Promise<boolean> {
  const { check, request } = page.session.permissions;
  const contents = page as unknown as WebContents;
  const { origin, url } = page.mainFrame;
  const facts = { ...details, isMainFrame: true, requestingUrl: url, securityOrigin: `${origin}/` };
  if (check && !check(contents, permission as Parameters<Check>[1], origin, facts as never)) return false;
  if (!request) return true;
  return new Promise((resolve) => {
    request(contents, permission as Parameters<Request>[1], resolve, facts as never);
  });
}
