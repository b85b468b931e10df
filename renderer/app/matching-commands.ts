/** Maximum shown: beyond it, one types another character. */
const MOST = 50;

/**
 * The commands that match a text: its words must all begin a word of the name, or be in it, ignoring case and
 * accents. Those beginning with the text come first; otherwise order is kept.
 */
export function matchingCommands<C extends { readonly label: string; readonly group: string }>(
  commands: readonly C[],
  text: string,
): C[] {
  const wanted = folded(text);
  const words = wanted.split(/\s+/).filter(Boolean);
  if (words.length === 0) return commands.slice(0, MOST);
  const found = commands.filter(({ label }) => words.every((word) => folded(label).includes(word)));
  const groups = [...new Set(found.map(({ group }) => group))];
  const rank = ({ label, group }: C) =>
    groups.indexOf(group) * 2 + (folded(label).startsWith(wanted) ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, MOST);
}

function folded(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
