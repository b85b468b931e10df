import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';

/** What was said after the last segment: its confirmed words, and the interim ones after them, which may change. */
export interface LiveEnd {
  readonly confirmed: string;
  readonly interim: string;
}

/** Sets the live text behind the document; null for none. */
export const setLiveEnd = StateEffect.define<LiveEnd | null>();

class LiveEndWidget extends WidgetType {
  readonly #end: LiveEnd;
  readonly #hasTextBefore: boolean;

  constructor(end: LiveEnd, hasTextBefore: boolean) {
    super();
    this.#end = end;
    this.#hasTextBefore = hasTextBefore;
  }

  override eq(other: LiveEndWidget): boolean {
    const { confirmed, interim } = this.#end;
    return (
      other.#end.confirmed === confirmed &&
      other.#end.interim === interim &&
      other.#hasTextBefore === this.#hasTextBefore
    );
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = 'vs-live';
    for (const name of ['vs-live-confirmed', 'vs-live-interim'])
      element.appendChild(document.createElement('span')).className = name;
    this.#write(element);
    return element;
  }

  /** The same element, with its unchanged words untouched: they must not flicker several times a second. */
  override updateDOM(element: HTMLElement): boolean {
    this.#write(element);
    return true;
  }

  #write(element: HTMLElement): void {
    const [confirmed, interim] = element.children;
    const before = this.#hasTextBefore ? ' ' : '';
    const between = this.#end.confirmed === '' ? before : ' ';
    setText(confirmed, this.#end.confirmed === '' ? '' : `${before}${this.#end.confirmed}`);
    setText(interim, this.#end.interim === '' ? '' : `${between}${this.#end.interim}`);
  }
}

function setText(element: Element | undefined, text: string): void {
  if (element !== undefined && element.textContent !== text) element.textContent = text;
}

interface ShownEnd {
  readonly end: LiveEnd | null;
  readonly decorations: DecorationSet;
}

/** Shows the live text right behind the document, of which it is no part: it cannot be selected, edited or exported. */
export const liveEnd: Extension = StateField.define<ShownEnd>({
  create: () => ({ end: null, decorations: Decoration.none }),
  update(value, transaction) {
    let { end } = value;
    for (const effect of transaction.effects) if (effect.is(setLiveEnd)) end = effect.value;
    if (end === value.end && !transaction.docChanged) return value;
    const { length } = transaction.state.doc;
    if (end === null) return { end, decorations: Decoration.none };
    const widget = new LiveEndWidget(end, length > 0);
    return { end, decorations: Decoration.set(Decoration.widget({ widget, side: 2 }).range(length)) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
});
