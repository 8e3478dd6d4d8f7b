/** A receipt as plain data: words are in the reader's language, sums and times are written out. Drawn by `draw.ts`. */

export interface Sheet {
  /** Who gives it. */
  issuer: string;
  title: string;
  /** The large line. */
  sum: string;
  /** Beside the sum: that it was paid. */
  status: string;
  rows: readonly SheetRow[];
  qr: {
    text: string;
    /** What the code is for, beside it. */
    hint: string;
    /** The code in letters, for whoever can't scan. */
    code: string;
  };
}

export interface SheetRow {
  label: string;
  value: string;
}

/** The same receipt for a chat and for an archive. */
export interface Drawn {
  /** PNG. */
  picture: Uint8Array;
  /** PDF. */
  document: Uint8Array;
}
