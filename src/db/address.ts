/** Where a database is. */
export type DatabaseAddress =
  /** A file, relative to the working directory unless it begins with "/". */
  | { engine: 'sqlite'; path: string }
  /** As the driver takes it, with what it needs to sign in. */
  | { engine: 'postgres'; url: string };
