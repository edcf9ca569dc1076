import { z } from 'zod';
import { newApiError } from '../http/api-errors.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';

const promptSchema = z.object({ robotCode: z.string(), cardData: z.string(), cardTemplateId: z.string() });

/**
 * `POST /v1.0/innerApi/robot/stream/away/template/update`: what a robot says while no connection of it is open. In no page of the
 * documentation, but in the Python SDK (`set_off_duty_prompt`); it is taken and never said.
 */
export function setOffDutyPrompt(_world: World, call: ApiCall): ApiAnswer {
  const asked = promptSchema.safeParse(call.body);
  if (!asked.success) throw newApiError(400, 'invalidParameter.param.invalid', z.prettifyError(asked.error));
  if (asked.data.robotCode !== call.clientId) throw newApiError(400, 'invalidParameter.robotCode.auth');
  return { body: { success: true, result: true }, forUsers: [] };
}
