/** Style sheets are imported for side effects. */
declare module '*.css';
