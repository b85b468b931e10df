import type { WebFrameMain } from 'electron';
import { namingMissing } from './missing.ts';

/** What a frame needs of its page. */
interface FramedPage {
  readonly id: number;
  getURL(): string;
  isDestroyed(): boolean;
  send(channel: string, ...args: unknown[]): void;
  executeJavaScript(code: string): Promise<unknown>;
}

/** A page's main frame, which identifies senders of messages. */
export function mainFrameOf(page: FramedPage): WebFrameMain {
  const frame = {
    get url() {
      return page.getURL();
    },
    get origin() {
      return /^[a-z0-9+-]+:\/\/[^/]*/i.exec(page.getURL())?.[0] ?? 'null';
    },
    parent: null,
    get top() {
      return frame;
    },
    frames: [],
    framesInSubtree: [],
    name: '',
    detached: false,
    routingId: 1,
    processId: page.id,
    frameTreeNodeId: page.id,
    isDestroyed: () => page.isDestroyed(),
    send: (channel: string, ...args: unknown[]) => page.send(channel, ...args),
    executeJavaScript: (code: string) => page.executeJavaScript(code),
  };
  return namingMissing('webFrameMain', frame) as unknown as WebFrameMain;
}
