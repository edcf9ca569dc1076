import { z } from 'zod';

/** A refusal of the control API: `{error, message}` with a 4xx or 5xx. */
export class ControlError extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, message: string) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

export function notFound(what: string): ControlError {
  return new ControlError(404, 'notFound', `there is no ${what}`);
}

/** The body in its shape, or a 400 that says what is wrong with it. */
export function shaped<Shape>(schema: z.ZodType<Shape>, body: unknown): Shape {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ControlError(400, 'badRequest', z.prettifyError(parsed.error));
  return parsed.data;
}
