/** How many days a recording stays in the bin before it is erased for good. */
export const BIN_DAYS = 30;
