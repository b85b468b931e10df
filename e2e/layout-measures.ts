/**
 * Measurements of a page's layout, from inside of it. Everything below runs in the page: it is passed as
 * source text, and must be self-contained.
 */

/** Texts that must never be shown. */
export interface UnwantedTexts {
  /** Keys of catalogue entries, e.g. `library:emptyTitle`, and of errors. */
  readonly keys: readonly string[];
  /** Sentences of the other language. */
  readonly foreign: readonly string[];
}

/**
 * Finds layout faults on the page as it is rendered. Returns a sentence for each: the kind of fault and its
 * element.
 * - Text that is cut off, by an ellipsis or a hard edge, and has neither a title nor a tooltip.
 * - Controls that overlap, text that overlaps other text or a control that it is no part of.
 * - Text or controls outside of the window that no scrolling reaches.
 * - A page, or a list in it, that scrolls horizontally; a page that scrolls in addition to its parts.
 * - A word that is broken at the end of a line.
 * - Keys of the catalogue in place of their text, sentences of the other language, and placeholders that were not
 *   filled.
 */
export async function findLayoutFaults({ keys, foreign }: UnwantedTexts): Promise<string[]> {
  /** Tolerance for fonts and borders; less than this is no fault. */
  const TOLERANCE_PX = 2;
  /** A lower box that scrolls horizontally is a row of chips; a higher one is a page. */
  const ROW_HEIGHT_PX = 120;
  const CONTROLS =
    'button, a[href], input, select, textarea, summary, [role="option"], [role="menuitem"], [role="menuitemcheckbox"], [role="tab"], [role="switch"], [role="checkbox"], [role="slider"]';
  /** Floating layers, each separate. */
  const LAYERS =
    '[data-radix-popper-content-wrapper], [role="dialog"], .vs-lanes [role="option"], .absolute[data-closes-on-escape]';

  type Box = { left: number; top: number; right: number; bottom: number };
  type Drawn = { element: Element; box: Box; what: string };

  const faults = new Set<string>();
  const tell = (kind: string, what: string) => faults.add(`${kind}: ${what}`);
  const nameOf = (element: Element, text = element.textContent ?? '') => {
    const words = text.trim().replace(/\s+/g, ' ');
    const name = element.getAttribute('aria-label') ?? (words || element.getAttribute('placeholder') || '');
    return `${element.tagName.toLowerCase()} “${name.slice(0, 60)}”`;
  };
  const boxOf = ({ left, top, right, bottom }: DOMRect): Box => ({ left, top, right, bottom });
  const common = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const width = (box: Box) => box.right - box.left;
  const height = (box: Box) => box.bottom - box.top;
  const isEmpty = (box: Box) => width(box) < 1 || height(box) < 1;

  const isShown = (element: Element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    if (element.closest('[aria-hidden="true"], [inert], .sr-only') !== null) return false;
    // Content for screen readers alone is one invisible pixel.
    for (let one: Element | null = element; one !== null; one = one.parentElement) {
      const { position, overflowX } = getComputedStyle(one);
      if (position === 'absolute' && hides(overflowX) && one.clientWidth <= 1) return false;
    }
    return true;
  };
  /** The element's containing block: the window (null) if it is fixed. */
  const holderOf = (element: Element): Element | null => {
    const { position } = getComputedStyle(element);
    if (position === 'fixed') return null;
    if (position === 'absolute' && element instanceof HTMLElement) return element.offsetParent;
    return element.parentElement;
  };
  const innerBox = (element: Element): Box => {
    const { left, top } = element.getBoundingClientRect();
    const { clientLeft, clientTop, clientWidth, clientHeight } = element;
    const x = left + clientLeft;
    const y = top + clientTop;
    return { left: x, top: y, right: x + clientWidth, bottom: y + clientHeight };
  };
  const scrolls = (value: string) => value === 'auto' || value === 'scroll';
  const hides = (value: string) => value === 'hidden' || value === 'clip';

  /**
   * The visible part of a box inside all that clips it, and what clips more than the tolerance without a way to scroll
   * there.
   */
  const look = (element: Element, box: Box): { seen: Box; cutBy: Element | null; isOutside: boolean } => {
    const tall = Math.max(TOLERANCE_PX, height(box) * 0.25);
    let seen = box;
    let cutBy: Element | null = null;
    let reach = box;
    let isOutside = false;
    for (let holder: Element | null = element; holder !== null; holder = holderOf(holder)) {
      if (holder === document.documentElement || holder === document.body) break;
      const { overflowX, overflowY, display } = getComputedStyle(holder);
      if (display === 'inline' || display === 'contents') continue;
      const inner = innerBox(holder);
      if (hides(overflowX)) {
        if (reach.right > inner.right + TOLERANCE_PX || reach.left < inner.left - TOLERANCE_PX)
          cutBy ??= holder;
      } else if (scrolls(overflowX)) {
        if (reach.left - inner.left + holder.scrollLeft < -TOLERANCE_PX) isOutside = true;
        reach = { ...reach, left: inner.left, right: inner.right };
      }
      if (hides(overflowY)) {
        if (reach.bottom > inner.bottom + tall || reach.top < inner.top - tall) cutBy ??= holder;
      } else if (scrolls(overflowY)) {
        if (reach.top - inner.top + holder.scrollTop < -tall) isOutside = true;
        reach = { ...reach, top: inner.top, bottom: inner.bottom };
      }
      if (hides(overflowX) || scrolls(overflowX))
        seen = { ...seen, ...common(seen, { ...inner, top: seen.top, bottom: seen.bottom }) };
      if (hides(overflowY) || scrolls(overflowY))
        seen = { ...seen, ...common(seen, { ...inner, left: seen.left, right: seen.right }) };
    }
    const page = document.documentElement;
    isOutside ||=
      reach.left < -TOLERANCE_PX ||
      reach.right > innerWidth + TOLERANCE_PX ||
      reach.top + page.scrollTop < -tall ||
      reach.bottom + page.scrollTop > Math.max(innerHeight, page.scrollHeight) + tall;
    return {
      seen: common(seen, { left: 0, top: 0, right: innerWidth, bottom: innerHeight }),
      cutBy,
      isOutside,
    };
  };

  const turn = () => new Promise((resolve) => setTimeout(resolve));
  /** Whether hovering an element shows its whole text. */
  const isExplained = async (element: Element): Promise<boolean> => {
    const parent = element.parentElement;
    const place = [...(parent?.children ?? [])].indexOf(element);
    element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    await turn();
    await turn();
    // Opening a tooltip may re-render the element.
    const now = element.isConnected ? element : (parent?.children[place] ?? null);
    for (let one: Element | null = now; one !== null && one !== document.body; one = one.parentElement) {
      if (one.hasAttribute('title')) return true;
      // A tooltip's trigger has `data-state`; so have those of menus and dialogs.
      if (
        one.hasAttribute('data-state') &&
        !one.hasAttribute('aria-haspopup') &&
        one.matches('span, a, button, code')
      )
        return true;
      if (one.matches('[role="row"], [role="dialog"], ul, section, main')) return false;
    }
    return false;
  };

  /** All rendered text, line by line. */
  const texts: Drawn[] = [];
  const cut = new Map<Element, string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (element === null || text === '' || element.matches('script, style, option') || !isShown(element))
      continue;
    const range = document.createRange();
    for (const { 0: word, index } of (node.textContent ?? '').matchAll(
      /(?<!\S)\p{L}{2,24}(?=\p{P}*(?:\s|$))/gu,
    )) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1 && element.closest('code') === null)
        tell('broken word', `${word} in ${nameOf(element)}`);
    }
    range.selectNodeContents(node);
    for (const rectangle of range.getClientRects()) {
      const box = boxOf(rectangle);
      if (isEmpty(box)) continue;
      const { seen, cutBy, isOutside } = look(element, box);
      const what = nameOf(element, text);
      if (cutBy !== null) cut.set(element, what);
      else if (isOutside) tell('out of reach', what);
      if (!isEmpty(seen)) texts.push({ element, box: seen, what });
    }
  }
  for (const element of document.querySelectorAll('*')) {
    const { textOverflow, overflowX } = getComputedStyle(element);
    if (textOverflow !== 'ellipsis' || !hides(overflowX) || element instanceof HTMLInputElement) continue;
    if (element.scrollWidth > element.clientWidth + 1 && isShown(element)) cut.set(element, nameOf(element));
  }
  const pen = document.createElement('canvas').getContext('2d');
  const drawnWidth = (element: Element, text: string) => {
    const { font, letterSpacing } = getComputedStyle(element);
    if (pen === null) return 0;
    pen.font = font;
    pen.letterSpacing = letterSpacing;
    return pen.measureText(text).width;
  };
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) {
    if (!isShown(field)) continue;
    const text =
      field instanceof HTMLSelectElement
        ? field.selectedOptions[0]?.text
        : field.value === '' && field.placeholder;
    const { paddingLeft, paddingRight } = getComputedStyle(field);
    const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
    if (text && drawnWidth(field, text) > room + TOLERANCE_PX) cut.set(field, nameOf(field, text));
  }

  const controls: Drawn[] = [];
  for (const element of document.querySelectorAll(CONTROLS)) {
    if (!isShown(element) || element.matches('[type="hidden"]')) continue;
    const box = boxOf(element.getBoundingClientRect());
    // A native control that is not drawn is replaced by a custom one.
    if (width(box) < 3 || height(box) < 3) continue;
    const { seen, isOutside, cutBy } = look(element, box);
    const what = nameOf(element);
    if (isOutside) tell('out of reach', what);
    else if (cutBy !== null) tell('cut', what);
    if (!isEmpty(seen)) controls.push({ element, box: seen, what });
  }

  /** The layer of an element: sticky and fixed elements, e.g. notices, are layers too. */
  const layerOf = (element: Element) => {
    for (let one: Element | null = element; one !== null; one = one.parentElement) {
      if (one.matches(LAYERS) || ['sticky', 'fixed'].includes(getComputedStyle(one).position)) return one;
    }
    return null;
  };
  /** A field's content box: buttons may be in its padding. */
  const solidBox = ({ element, box }: Drawn): Box => {
    if (!(element instanceof HTMLInputElement)) return box;
    const { paddingLeft, paddingRight } = getComputedStyle(element);
    return {
      ...box,
      left: box.left + Number.parseFloat(paddingLeft),
      right: box.right - Number.parseFloat(paddingRight),
    };
  };
  const meet = (a: Drawn, b: Drawn) => {
    if (a.element.contains(b.element) || b.element.contains(a.element)) return false;
    if (layerOf(a.element) !== layerOf(b.element)) return false;
    const shared = common(solidBox(a), solidBox(b));
    const least = Math.min(height(a.box), height(b.box));
    return width(shared) > TOLERANCE_PX && height(shared) > Math.max(TOLERANCE_PX, least * 0.3);
  };
  for (const [index, a] of controls.entries()) {
    for (const b of controls.slice(index + 1)) if (meet(a, b)) tell('overlap', `${a.what} and ${b.what}`);
    for (const text of texts) if (meet(a, text)) tell('overlap', `${a.what} and ${text.what}`);
  }
  for (const [index, a] of texts.entries()) {
    for (const b of texts.slice(index + 1)) if (meet(a, b)) tell('overlap', `${a.what} and ${b.what}`);
  }

  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) tell('sideways scrolling', 'the page');
  // Only its parts scroll: another scrollbar beside theirs is useless.
  if (page.scrollHeight > page.clientHeight) tell('second scrollbar', 'the page');
  for (const element of document.querySelectorAll('*')) {
    const { overflowX, whiteSpace } = getComputedStyle(element);
    if (!scrolls(overflowX) || whiteSpace.startsWith('pre') || element.clientHeight < ROW_HEIGHT_PX) continue;
    if (element.scrollWidth > element.clientWidth + 1 && isShown(element))
      tell('sideways scrolling', nameOf(element));
  }

  const known = new Set(keys);
  const others = new Set(foreign);
  const isRaw = (text: string) =>
    known.has(text) || /^[a-z]+(?:[A-Z][a-z]*)+$/.test(text) || /^[a-z]\w*(?:[.:][a-z]\w*){2,}$/.test(text);
  const judge = (text: string | null, element: Element) => {
    const trimmed = text?.trim() ?? '';
    if (isRaw(trimmed)) tell('raw key', `${trimmed} in ${element.tagName.toLowerCase()}`);
    if (others.has(trimmed)) tell('other language', trimmed);
    if (/\{\{|\}\}|\bundefined\b|\[object /.test(trimmed)) tell('unfilled gap', trimmed.slice(0, 80));
  };
  for (const { element } of texts) {
    if (element.closest('.cm-content, pre, code, mark') === null) {
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE) judge(node.textContent, element);
    }
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      judge(element.getAttribute(name), element);
  }
  for (const [element, what] of cut) if (!(await isExplained(element))) tell('cut', what);
  return [...faults];
}
