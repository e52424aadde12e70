/** What a problem+json answer says (RFC 9457), or what kept an answer from coming. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly fix: string;
  readonly requestId: string;
  readonly fields: readonly FieldFault[];
  /** After so many seconds it may be asked again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, problem: Partial<Problem>, retryAfter?: number) {
    super(problem.detail ?? problem.title ?? `HTTP ${String(status)}`);
    this.status = status;
    this.code = problem.code ?? '';
    this.title = problem.title ?? '';
    this.detail = problem.detail ?? '';
    this.fix = problem.fix ?? '';
    this.requestId = problem.request_id ?? '';
    this.fields = problem.errors ?? [];
    this.retryAfter = retryAfter;
  }

  /** No answer came at all. */
  get unreachable() {
    return this.status === 0;
  }
  get forbidden() {
    return this.status === 403;
  }
  get missing() {
    return this.status === 404;
  }
  /** Somebody else changed it meanwhile. */
  get stale() {
    return this.status === 412;
  }
  /** What the server says of one field; `name` as in the request's body. */
  field(name: string) {
    return this.fields.find((fault) => fault.pointer === `/${name}`)?.message;
  }
}

export interface FieldFault {
  pointer: string;
  message: string;
}

interface Problem {
  title: string;
  detail: string;
  code: string;
  fix: string;
  request_id: string;
  errors: FieldFault[];
}

export const codes = {
  needsTotp: 'MIQ-AUTH-002',
  needsEnrolment: 'MIQ-AUTH-005',
  needsSetUp: 'MIQ-AUTH-006',
  needsProof: 'MIQ-API-008',
} as const;

export async function errorOf(response: Response): Promise<ApiError> {
  const problem = (await response
    .clone()
    .json()
    .catch(() => ({}))) as Partial<Problem>;
  const seconds = response.headers.get('Retry-After');
  return new ApiError(response.status, problem, seconds === null ? undefined : Number(seconds) || undefined);
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, { detail: error instanceof Error ? error.message : String(error) });
}
