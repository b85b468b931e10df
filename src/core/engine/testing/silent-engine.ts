/** Stands in for an engine that starts and never says that it is ready. */
setInterval(() => undefined, 1 << 30);
