import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CorrectedWord } from '../../../../src/contract/correction-rules.ts';
import { request } from '../../../lib/client.ts';
import type { OnCorrected } from '../review/name-review.ts';

/** A word that may be corrected by a rule from now on. */
export interface OfferedRule {
  readonly word: CorrectedWord;
  /** Whether it was corrected here just now; otherwise in other recordings before, and it occurs in this text. */
  readonly isHere: boolean;
}

/** What is offered, and what has come of it. */
export interface RuleOfferState {
  /** In the order in which they are shown, one at a time. */
  readonly offers: readonly OfferedRule[];
  /** A rule that was just made of an offer: it can be taken back. */
  readonly made: { readonly id: string; readonly word: CorrectedWord } | null;
}

/** A corrected word counts once typing has rested this long: until then it may be half of a word. */
const SETTLED_MS = 2500;
/** So many words of earlier recordings are offered in a text that is opened. */
const MOST_ON_OPENING = 3;

/** Offers a rule where the same word is corrected again, and remembers where that was declined. */
export class RuleOffer {
  readonly store: StoreApi<RuleOfferState> = createStore(() => ({ offers: [], made: null }));
  readonly #recordingId: string;
  readonly #counted = new Set<string>();
  /** Counts a corrected word for which typing has not rested long enough yet. */
  #pending: { readonly timer: ReturnType<typeof setTimeout>; readonly count: () => void } | null = null;

  constructor(recordingId: string) {
    this.#recordingId = recordingId;
  }

  /** Looks for words that were corrected in other recordings. Throws AppErrors. */
  async load(): Promise<void> {
    const words = await request('autoCorrections.recurring', { recordingId: this.#recordingId });
    const offers = words.slice(0, MOST_ON_OPENING).map((word) => ({ word, isHere: false }));
    this.store.setState(({ offers: before }) => ({ offers: [...before, ...offers] }));
  }

  /** A word was corrected. It is offered once that has happened before. */
  readonly corrected: OnCorrected = (word, how) => {
    const pending = this.#pending;
    this.#forget();
    if (how === 'review') {
      pending?.count();
      this.#note(word);
      return;
    }
    const key = JSON.stringify([how.segmentId, word.from, word.to]);
    if (this.#counted.has(key)) return;
    const count = () => {
      this.#pending = null;
      this.#counted.add(key);
      this.#note(word);
    };
    this.#pending = { timer: setTimeout(count, SETTLED_MS), count };
  };

  /** A rule was made of the first offer. */
  accepted(id: string): void {
    const [first, ...others] = this.store.getState().offers;
    if (first !== undefined) this.store.setState({ offers: others, made: { id, word: first.word } });
  }

  /** Takes back the rule that was just made. Throws AppErrors. */
  async takeBack(): Promise<void> {
    const { made } = this.store.getState();
    this.store.setState({ made: null });
    if (made !== null) await request('autoCorrections.remove', { ids: [made.id] });
  }

  /** Puts away that a rule was made. */
  close(): void {
    this.store.setState({ made: null });
  }

  /** Leaves the first word to its place, and offers the next. */
  later(): void {
    this.store.setState(({ offers }) => ({ offers: offers.slice(1) }));
  }

  /** Never offers the first word again. Throws AppErrors. */
  async decline(): Promise<void> {
    const [first] = this.store.getState().offers;
    this.later();
    if (first !== undefined) await request('autoCorrections.decline', first.word);
  }

  /** Counts what was corrected last: the text is being left. */
  dispose(): void {
    const pending = this.#pending;
    this.#forget();
    pending?.count();
  }

  #forget(): void {
    if (this.#pending !== null) clearTimeout(this.#pending.timer);
    this.#pending = null;
  }

  #note(word: CorrectedWord): void {
    // Only an offer: without it the correction stands all the same.
    request('autoCorrections.corrected', { ...word, recordingId: this.#recordingId })
      .then(({ mayOffer }) => {
        const isSame = (one: OfferedRule) => one.word.from === word.from && one.word.to === word.to;
        if (!mayOffer) return;
        this.store.setState(({ offers }) => ({
          offers: [{ word, isHere: true }, ...offers.filter((one) => !isSame(one))],
        }));
      })
      .catch(() => undefined);
  }
}
