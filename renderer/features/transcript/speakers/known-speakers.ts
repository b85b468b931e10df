/** The speakers to choose from: those of the text, then those of the matter; made-up names where there are fewer than two. */
export function knownSpeakers(
  inText: readonly string[],
  inMatter: readonly string[],
  numbered: (number: number) => string,
): string[] {
  const known = [...new Set([...inText, ...inMatter])];
  for (let number = 1; known.length < 2; number += 1) {
    if (!known.includes(numbered(number))) known.push(numbered(number));
  }
  return known;
}
