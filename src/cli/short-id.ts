/** The end of an id, by which people name it: ids begin with their time, and those of one minute begin alike. */
export function shortId(id: string): string {
  return id.slice(-8);
}
