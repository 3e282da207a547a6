import type { Operation } from './operation.ts'
import { operationNamed, operationNames, type OperationName } from './operations.ts'

/** What of an operation a client needs to ask for it: plain data, without the schemas. */
export interface RequestLine extends Pick<Operation, 'method' | 'path' | 'status' | 'form'> {
  /** Names of what goes into the query. What is neither there nor in the path is in the body. */
  readonly inQuery: readonly string[]
  readonly hasBody: boolean
  readonly isAnswered: boolean
}

export type RequestLines = Readonly<Record<OperationName, RequestLine>>

function requestLineOf({ method, path, status, form, query, body, answer }: Operation): RequestLine {
  return {
    method,
    path,
    status,
    ...(form === undefined ? {} : { form }),
    inQuery: Object.keys(query?.properties ?? {}),
    hasBody: body !== undefined,
    isAnswered: answer !== undefined,
  }
}

/** The line of every operation. */
// Erasure: the names are those of all operations.
export const requestLines = Object.fromEntries(
  operationNames.map((name) => [name, requestLineOf(operationNamed(name))]),
) as RequestLines
