import type { RunningApp } from '../running-app.ts';

/** A range that was played, in recording time. */
export interface PlayedRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the page's players do, recorded by the page itself. */
interface Notes {
  readonly ranges: PlayedRange[];
  player: HTMLMediaElement | null;
}

/** Makes the page record what its players play, from each start to the next stop. */
export async function notePlayedSound(app: RunningApp): Promise<void> {
  await app.page.evaluate(() => {
    const notes: Notes = { ranges: [], player: null };
    Object.assign(window, { playedSound: notes });
    const { play, pause } = HTMLMediaElement.prototype;
    // The event comes later, when the playhead may have moved.
    let stoppedMs: number | null = null;
    HTMLMediaElement.prototype.play = function playNoted() {
      notes.player = this;
      stoppedMs = null;
      const fromMs = this.currentTime * 1000;
      const note = () => notes.ranges.push({ fromMs, toMs: stoppedMs ?? this.currentTime * 1000 });
      this.addEventListener('pause', note, { once: true });
      return play.call(this);
    };
    HTMLMediaElement.prototype.pause = function pauseNoted() {
      stoppedMs = this.currentTime * 1000;
      pause.call(this);
    };
  });
}

/** The ranges whose playback has stopped, in order. */
export async function playedRanges(app: RunningApp): Promise<readonly PlayedRange[]> {
  return await app.page.evaluate(() => (window as unknown as { playedSound: Notes }).playedSound.ranges);
}

/** The current state of the player that was started last. */
export async function playerNow(app: RunningApp) {
  return await app.page.evaluate(() => {
    const { player } = (window as unknown as { playedSound: Notes }).playedSound;
    if (player === null) throw new Error('Nothing was played yet.');
    const { paused, currentTime, playbackRate, preservesPitch } = player;
    return { paused, timeMs: currentTime * 1000, rate: playbackRate, keepsPitch: preservesPitch };
  });
}
