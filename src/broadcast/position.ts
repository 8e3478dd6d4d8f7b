/**
 * How far a broadcast has come when several people are written to at once: everybody up to `cursor` is served, and of
 * those after it the few in `ahead`. Stored after each message, so that a restart repeats only what was under way.
 */
export class Position {
  #cursor: number;
  readonly #ahead: Set<number>;
  /** Begun and not below the cursor yet, in order of ids. */
  readonly #begun: number[] = [];

  constructor({ cursor, ahead }: { cursor: number; ahead: readonly number[] }) {
    this.#cursor = cursor;
    this.#ahead = new Set(ahead);
  }

  get cursor(): number {
    return this.#cursor;
  }

  get ahead(): number[] {
    return [...this.#ahead];
  }

  /** How many are begun beyond the cursor. */
  get width(): number {
    return this.#begun.length;
  }

  /** Ids have to come in order. False when this one was served before the restart. */
  begin(userId: number): boolean {
    this.#begun.push(userId);
    const isOpen = !this.#ahead.has(userId);
    if (!isOpen) this.#moveOn();
    return isOpen;
  }

  done(userId: number): void {
    this.#ahead.add(userId);
    this.#moveOn();
  }

  #moveOn(): void {
    while (this.#begun[0] !== undefined && this.#ahead.has(this.#begun[0])) {
      this.#cursor = this.#begun.shift() ?? this.#cursor;
    }
    // Also those who left the audience since and were not begun again.
    for (const id of this.#ahead) if (id <= this.#cursor) this.#ahead.delete(id);
  }
}
