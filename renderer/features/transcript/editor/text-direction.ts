import { type Extension, RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

/** The first character is of a right-to-left script. */
const RIGHT_TO_LEFT =
  /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

const rightToLeft = Decoration.line({ attributes: { dir: 'rtl' } });

/** Paragraphs that begin in Arabic, Hebrew etc. are right-to-left, with their full stops at the left. */
export const textDirection: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = directions(view);
      }

      update(update: ViewUpdate): void {
        if (update.docChanged || update.viewportChanged) this.decorations = directions(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  ),
];

function directions(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let position = from; position <= to; ) {
      const line = view.state.doc.lineAt(position);
      if (RIGHT_TO_LEFT.test(line.text)) builder.add(line.from, line.from, rightToLeft);
      position = line.to + 1;
    }
  }
  return builder.finish();
}
