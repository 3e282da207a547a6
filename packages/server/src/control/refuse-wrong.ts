import { refuseAny } from '@clipflight/contract'
import { complaintsOf, operationNamed, type InputComplaint, type OperationName } from '@clipflight/control'

/** Where an operation takes something from. */
export type InputPart = 'params' | 'query' | 'body'

/** Refuses all that is wrong with one part of what an operation takes; scripts without types say what they like. */
export function refuseWrong(name: OperationName, part: InputPart, value: object): void {
  const schema = operationNamed(name)[part]
  if (schema !== undefined) refuseAny(complaintsOf(schema, value).map(toProblem))
}

/** Bodies are not processable, parameters are wrong: as the API itself tells them apart. */
export function toProblem({ source, detail }: InputComplaint) {
  const code = 'pointer' in source ? 'ENTITY_UNPROCESSABLE' : 'PARAMETER_ERROR.INVALID'
  return { code, detail, source } as const
}
