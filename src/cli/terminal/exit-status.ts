/** Exit statuses of the command. */
export const EXIT = {
  done: 0,
  someFailed: 1,
  usage: 2,
  vaultInUse: 3,
  interrupted: 130,
} as const;

/** One of the exit statuses. */
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];
