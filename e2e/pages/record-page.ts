import { expect, type Locator } from '@playwright/test';
import type { CaptureView, Marker } from '../../src/contract/capture.ts';
import { AppPage } from './app-page.ts';

/** The button that records, and the bar while it does. */
export class RecordPage extends AppPage {
  get start(): Locator {
    return this.page.getByRole('button', { name: 'Record', exact: true }).first();
  }

  get bar(): Locator {
    return this.page.locator('[data-capture]');
  }

  get liveEnd(): Locator {
    return this.page.locator('.vs-live');
  }

  alert(text: string): Locator {
    return this.page.getByRole('alert').filter({ hasText: text });
  }

  button(name: string): Locator {
    return this.bar.getByRole('button', { name, exact: true });
  }

  /** Presses the button, and waits until it records. Returns the session. */
  async begin(): Promise<CaptureView> {
    await this.start.click();
    return await this.expectRecording();
  }

  /** Waits until it records. Returns the session. */
  async expectRecording(): Promise<CaptureView> {
    await expect(this.bar).toHaveAttribute('data-capture', /listening|speaking|broken/, { timeout: 30_000 });
    const session = await this.session();
    expect(session).toMatchObject({ failure: null, state: expect.stringMatching(/listening|speaking/) });
    return session;
  }

  async stop(): Promise<void> {
    await this.button('Stop').click();
    await expect(this.bar).toHaveCount(0, { timeout: 60_000 });
  }

  /** The newest session, as main tells it. */
  async session(): Promise<CaptureView> {
    const answer = await this.page.evaluate(() => window.voicesync['captures.list']());
    if (!answer.ok) throw new Error(answer.error.code);
    const session = answer.value.at(-1);
    if (session === undefined) {
      const told = await this.page.getByRole('alert').allInnerTexts();
      throw new Error(`Nothing was recorded: ${told.join(' ')}`);
    }
    return session;
  }

  async markers(recordingId: string): Promise<readonly Marker[]> {
    const answer = await this.page.evaluate(
      (id) => window.voicesync['markers.list']({ recordingId: id }),
      recordingId,
    );
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.value;
  }

  /** What is played of a recording: 16-bit samples, mono, at 16 kHz. */
  async playedSound(recordingId: string): Promise<Int16Array> {
    const text = await this.page.evaluate(async (id) => {
      const response = await fetch(`/media/${id}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      return (bytes as unknown as { toBase64(): string }).toBase64();
    }, recordingId);
    const bytes = Buffer.from(text, 'base64');
    const data = bytes.subarray(bytes.indexOf('data') + 8);
    return new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  }
}
