/** What the server refused, in its words. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly requestId: string | undefined,
  ) {
    super(message);
  }
}

/** The server could not be reached. */
export class Unreachable extends Error {
  constructor() {
    super('The server does not answer. Is it running?');
  }
}

/** Calls an operation of the Step Functions API of the server this page came from. */
export async function call<T>(
  operation: string,
  input: Record<string, unknown>,
  signal?: AbortSignal,
): Promise<T> {
  return fetched(
    '/',
    { method: 'POST', headers: headersFor(operation), body: JSON.stringify(input) },
    signal,
  );
}

/** What the server's own paths need to let a page in: the header that no foreign page can send. */
export const headersForStream = (): Record<string, string> => ({ 'X-Stepwise-Admin': 'console' });

/** Asks for what the AWS APIs have no operation for. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  return fetched(`/_stepwise/${path}`, { headers: headersForStream() }, signal);
}

async function fetched<T>(
  path: string,
  request: RequestInit,
  signal: AbortSignal | undefined,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { ...request, ...(signal ? { signal } : {}) });
  } catch (e) {
    if (signal?.aborted) {
      throw e;
    }
    throw new Unreachable();
  }
  const text = await response.text();
  if (response.ok) {
    return JSON.parse(text) as T;
  }
  throw refusal(text, response);
}

/** The one place where a request gets what it needs to be let in. */
function headersFor(operation: string): Record<string, string> {
  return {
    'Content-Type': 'application/x-amz-json-1.0',
    'X-Amz-Target': `AWSStepFunctions.${operation}`,
  };
}

function refusal(text: string, response: Response): ApiError {
  const requestId = response.headers.get('x-amzn-RequestId') ?? undefined;
  try {
    const body = JSON.parse(text) as { __type?: string; message?: string; Message?: string };
    return new ApiError(
      (body.__type ?? `HTTP ${response.status}`).replace(/^.*#/, ''),
      body.message ?? body.Message ?? 'The server gave no reason.',
      requestId,
    );
  } catch {
    return new ApiError(`HTTP ${response.status}`, text.slice(0, 500), requestId);
  }
}

/** The pages of an operation, each asked for when the one before was not enough. */
export async function* eachPage<P>(
  operation: string,
  input: Record<string, unknown>,
  signal?: AbortSignal,
): AsyncGenerator<P & { nextToken?: string }, void> {
  let nextToken: string | undefined;
  do {
    const page: P & { nextToken?: string } = await call(
      operation,
      nextToken === undefined ? input : { ...input, nextToken },
      signal,
    );
    yield page;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}

/** The items of all pages of an operation. */
export async function pages<T>(
  operation: string,
  input: Record<string, unknown>,
  items: (page: Record<string, T[]>) => T[],
  signal?: AbortSignal,
): Promise<T[]> {
  const all: T[] = [];
  for await (const page of eachPage<unknown>(operation, input, signal)) {
    all.push(...items(page as Record<string, T[]>));
  }
  return all;
}
