import { readFileSync } from 'node:fs';

/** Linux reports clock ticks of 1/100 s here, whatever the kernel's own clock. */
const MS_PER_TICK = 10;

/**
 * Processor time of all children of this process that have ended, and of theirs, in milliseconds: `cutime` and `cstime`
 * of `/proc/self/stat` (proc(5)). 0 if there is no such file.
 */
export function childrenCpuMs(): number {
  if (process.platform !== 'linux') return 0;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  // The second field is the program's name in brackets, which may contain spaces; fields 16 and 17 are wanted.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * MS_PER_TICK;
}
