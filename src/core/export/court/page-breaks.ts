/** Lines as pages of at most so many. */
export function pagesOf<Line>(lines: readonly Line[], most: number): Line[][] {
  const pages: Line[][] = [];
  for (let at = 0; at < lines.length; at += most) pages.push(lines.slice(at, at + most));
  return pages;
}
