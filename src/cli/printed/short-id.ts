/** The end of an id, as a short name: ids begin with their time, and those of one minute begin alike. */
export function shortId(id: string): string {
  return id.slice(-8);
}
