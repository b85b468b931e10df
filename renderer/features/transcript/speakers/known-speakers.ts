/** The speakers to choose from: the text's, then the matter's; placeholder names if there are fewer than two. */
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
