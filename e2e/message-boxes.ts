import { expect } from '@playwright/test';
import type { RunningApp } from './running-app.ts';

/** The main process's record of the open question. */
interface Question {
  message: string;
  detail: string;
  buttons: string[];
  answer: (button: number) => void;
}

type Asking = { questions: Question[] };

/** The system's message boxes: each waits for its answer here, as for a user's. */
export class MessageBoxes {
  readonly #app: RunningApp;

  private constructor(app: RunningApp) {
    this.#app = app;
  }

  /** Answers boxes here from then on, until the app is restarted. */
  static async of(app: RunningApp): Promise<MessageBoxes> {
    await app.electron.evaluate(({ dialog }) => {
      const asking = Object.assign(globalThis, { questions: [] as Question[] });
      dialog.showMessageBox = (...args: unknown[]) => {
        const { message, detail = '', buttons = [] } = args.at(-1) as Question;
        return new Promise((resolve) => {
          const answer = (response: number) => resolve({ response, checkboxChecked: false });
          asking.questions.push({ message, detail, buttons, answer });
        });
      };
    });
    return new MessageBoxes(app);
  }

  /** Waits for a box with this message; returns its detail and its buttons. */
  async expectAsked(message: string | RegExp): Promise<Pick<Question, 'detail' | 'buttons'>> {
    const asked = () =>
      this.#app.electron.evaluate(() => {
        const { message, detail, buttons } = (globalThis as unknown as Asking).questions[0] ?? {};
        return { message: message ?? '', detail: detail ?? '', buttons: buttons ?? [] };
      });
    await expect.poll(async () => (await asked()).message, { timeout: 30_000 }).toMatch(message);
    return await asked();
  }

  /** Presses a button of the open box. The app may end. */
  async answer(button: string): Promise<void> {
    await this.#app.electron.evaluate((_electron, label) => {
      const question = (globalThis as unknown as Asking).questions.shift();
      const number = question?.buttons.indexOf(label) ?? -1;
      if (number < 0) throw new Error(`No box has the button ${label}.`);
      // The answer is sent before the app may end.
      setImmediate(() => question?.answer(number));
    }, button);
  }
}
