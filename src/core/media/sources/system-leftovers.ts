/** Files that operating systems and file managers create beside a user's files, in lower case. */
const LEFTOVERS = new Set([
  // macOS
  ...['.ds_store', '.localized', 'icon\r', '.apdisk', '.spotlight-v100', '.trashes', '.trash', '.fseventsd'],
  ...['.temporaryitems', '.documentrevisions-v100', '.appledouble', '.appledb', '.appledesktop', '__macosx'],
  ...['network trash folder', 'temporary items', '.volumeicon.icns', '.com.apple.timemachine.donotpresent'],
  // Windows
  ...['thumbs.db', 'ehthumbs.db', 'ehthumbs_vista.db', 'desktop.ini', '$recycle.bin', 'recycler', 'recycled'],
  'system volume information',
  // Linux, and network storage (NAS)
  ...['lost+found', '.directory', '.nomedia', '@eadir', '#recycle', '#snapshot', '.snapshot', '.snapshots'],
  // Version control
  ...['.git', '.svn', '.hg'],
]);

/** AppleDouble's halves of files (`._interview.wav`), and each user's trash on a USB stick. */
const LEFTOVER = /^(\._|\.trash-)/i;

/** Whether a file or folder of this name is a system's own, and of no interest to an import. */
export function isSystemLeftover(name: string): boolean {
  return LEFTOVERS.has(name.toLowerCase()) || LEFTOVER.test(name);
}
