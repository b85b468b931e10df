/** Stands in for an engine that starts and never sends its ready line. */
setInterval(() => undefined, 1 << 30);
