/** What operating systems and their file managers leave beside a user's files, in small letters. */
const LEFTOVERS = new Set([
  // macOS
  ...['.ds_store', '.localized', 'icon\r', '.apdisk', '.spotlight-v100', '.trashes', '.trash', '.fseventsd'],
  ...['.temporaryitems', '.documentrevisions-v100', '.appledouble', '.appledb', '.appledesktop', '__macosx'],
  ...['network trash folder', 'temporary items', '.volumeicon.icns', '.com.apple.timemachine.donotpresent'],
  // Windows
  ...['thumbs.db', 'ehthumbs.db', 'ehthumbs_vista.db', 'desktop.ini', '$recycle.bin', 'recycler', 'recycled'],
  'system volume information',
  // Linux, and boxes that share files
  ...['lost+found', '.directory', '.nomedia', '@eadir', '#recycle', '#snapshot', '.snapshot', '.snapshots'],
  // Histories of source text
  ...['.git', '.svn', '.hg'],
]);

/** AppleDouble's halves of files (`._interview.wav`), and the trash that each user has on a stick. */
const LEFTOVER = /^(\._|\.trash-)/i;

/** Whether a file or folder of this name is a system's own, and of no interest to whoever brings recordings. */
export function isSystemLeftover(name: string): boolean {
  return LEFTOVERS.has(name.toLowerCase()) || LEFTOVER.test(name);
}
