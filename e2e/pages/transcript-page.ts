import { expect, type Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';

/** A transcript: its text and its audio. */
export class TranscriptPage extends AppPage {
  /** The text of any transcript, or of the one with this name. */
  text(name?: string): Locator {
    return this.page.getByRole('textbox', {
      name: name === undefined ? /^Transcript of / : `Transcript of ${name}`,
    });
  }

  get sound(): Locator {
    return this.page.getByRole('region', { name: 'Sound' });
  }

  get playhead(): Locator {
    return this.sound.getByRole('slider', { name: 'Playhead' });
  }

  /** The playhead's displayed time: `00:09.5`. */
  clock(time: string): Locator {
    return this.sound.getByText(time, { exact: true });
  }

  /** The playhead's position in milliseconds. */
  async playheadMs(): Promise<number> {
    return Number(await this.playhead.inputValue());
  }

  /** The playhead's position in the waveform: its share of the whole recording. */
  async drawnPlayhead(): Promise<number> {
    const left = await this.sound
      .locator('[part="cursor"]')
      .evaluate((cursor: HTMLElement) => cursor.style.left);
    return Number.parseFloat(left) / 100;
  }

  /** The ratio of the waveform's drawn width to its container's. */
  async drawnWidths(): Promise<number> {
    return await this.sound
      .locator('[part="scroll"]')
      .evaluate((scroll) => scroll.scrollWidth / scroll.clientWidth);
  }

  /** The view state: the text before the caret in its paragraph, the scroll offset, and the playhead. */
  async place(): Promise<{ beforeCaret: string; scrollTop: number; playheadMs: number }> {
    const shown = await this.sound.getByText(/^\d+:\d\d\.\d$/).innerText();
    const [minutes = 0, seconds = 0] = shown.split(':').map(Number);
    const place = await this.text().evaluate((text) => {
      const { focusNode, focusOffset } = getSelection() as Selection;
      const line = (focusNode instanceof Element ? focusNode : focusNode?.parentElement)?.closest('.cm-line');
      const range = document.createRange();
      if (line && focusNode) {
        range.setStart(line, 0);
        range.setEnd(focusNode, focusOffset);
      }
      return { beforeCaret: range.toString(), scrollTop: text.closest('.cm-scroller')?.scrollTop ?? 0 };
    });
    return { ...place, playheadMs: Math.round((minutes * 60 + seconds) * 1000) };
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The text is loaded and has the focus. */
  async expectOpen(name: string): Promise<void> {
    await expect(this.text(name)).toBeFocused();
    await expect(this.sound).toBeVisible();
  }

  async expectSaved(): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
  }

  /** Puts the caret behind the first occurrence of these words, waiting until they are there. */
  async putCaretBehind(words: string): Promise<void> {
    await this.text().focus();
    await expect.poll(() => this.text().evaluate(putCaretBehind, words)).toBe(true);
  }
}

/** Runs in the page. Words that are spoken or marked are several nodes of one line. Returns whether the words were found. */
function putCaretBehind(text: Element, words: string): boolean {
  const line = [...text.querySelectorAll('.cm-line')].find((one) => one.textContent.includes(words));
  if (line === undefined) return false;
  let left = line.textContent.indexOf(words) + words.length;
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left <= length) {
      getSelection()?.setBaseAndExtent(node, left, node, left);
      return true;
    }
    left -= length;
  }
  return false;
}
