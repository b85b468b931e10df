import type { Session, Streams, WebContents, WebFrameMain } from 'electron';
import type { AppSession } from './session.ts';

type Check = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Request = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;

/** A page that requests a permission. */
export interface AskingPage {
  readonly session: AppSession;
  readonly mainFrame: WebFrameMain;
}

/** What a page asks: whether it has a permission, to be given one, or for the screen and the system's sound. */
export type PermissionQuestion = 'check' | 'request' | 'display';

/** The answer of the session's handlers. */
export async function judgePermission(
  page: AskingPage,
  question: PermissionQuestion,
  permission: string,
  details: object,
): Promise<boolean> {
  if (question === 'check') return isChecked(page, permission, factsOf(page, details));
  if (!(await isPermitted(page, permission, details))) return false;
  return question === 'request' || (await isDisplayed(page));
}

/** What Electron tells its handlers besides. */
function factsOf({ mainFrame }: AskingPage, details: object): object {
  const { origin, url } = mainFrame;
  return { ...details, isMainFrame: true, requestingUrl: url, securityOrigin: `${origin}/` };
}

function isChecked(page: AskingPage, permission: string, facts: object): boolean {
  const { check } = page.session.permissions;
  if (check === null) return true;
  const contents = page as unknown as WebContents;
  return check(contents, permission as Parameters<Check>[1], page.mainFrame.origin, facts as never);
}

/** The decision of the session's handlers on a page's request. Without handlers Electron grants. */
async function isPermitted(page: AskingPage, permission: string, details: object): Promise<boolean> {
  const { request } = page.session.permissions;
  const facts = factsOf(page, details);
  // What is asked for by itself, as the screen is, has no check before.
  if (permission === 'media' && !isChecked(page, permission, facts)) return false;
  if (request === null) return true;
  return await new Promise((resolve) => {
    request(page as unknown as WebContents, permission as Parameters<Request>[1], resolve, facts as never);
  });
}

/** Whether the session's handler gives the page the system's sound. */
async function isDisplayed({ session, mainFrame }: AskingPage): Promise<boolean> {
  const { display } = session.permissions;
  if (display === null) return false;
  const request = { frame: mainFrame, audioRequested: true, videoRequested: true, userGesture: true };
  const streams = await new Promise<Streams | null>((resolve) => display(request as never, resolve));
  return streams?.audio === 'loopback';
}
