export type FaultEffect =
  | { status: number; description: string; retryAfter?: number }
  | 'drop-before'
  | 'drop-after'
  | { delayMs: number };

export interface Fault {
  /** Any method when absent; upper and lower case do not matter. */
  method?: string;
  /** Any chat when absent. */
  chatId?: number;
  times: number;
  with: FaultEffect;
}

/** Faults to come, taken in the order they were injected. */
export class Faults {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ ...fault });
  }

  clear(): void {
    this.#faults = [];
  }

  take(call: { method: string; chatId: number | undefined }): FaultEffect | undefined {
    const fault = this.#faults.find(
      (candidate) =>
        candidate.times > 0 &&
        (candidate.method === undefined || candidate.method.toLowerCase() === call.method) &&
        (candidate.chatId === undefined || candidate.chatId === call.chatId),
    );
    if (!fault) return undefined;
    fault.times -= 1;
    this.#faults = this.#faults.filter((candidate) => candidate.times > 0);
    return fault.with;
  }
}
