/** A refusal as the Bot API words it: `{ok: false, error_code, description, parameters}`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: number;
  readonly description: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: number, description: string, retryAfterSeconds?: number) {
    super(`${code}: ${description}`);
    this.code = code;
    this.description = description;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  toBody(): Record<string, unknown> {
    const body = { ok: false, error_code: this.code, description: this.description };
    return this.retryAfterSeconds === undefined
      ? body
      : { ...body, parameters: { retry_after: this.retryAfterSeconds } };
  }
}

/** A 400. The real server lower-cases a sentence but leaves CODES_LIKE_THIS alone; so does this. */
export function badRequest(reason: string): ApiError {
  const isCode = /^.[A-Z_]/.test(reason);
  const text = isCode ? reason : reason.charAt(0).toLowerCase() + reason.slice(1);
  return new ApiError(400, `Bad Request: ${text}`);
}

export function tooManyRequests(retryAfterSeconds: number): ApiError {
  return new ApiError(
    429,
    `Too Many Requests: retry after ${retryAfterSeconds}`,
    retryAfterSeconds,
  );
}
