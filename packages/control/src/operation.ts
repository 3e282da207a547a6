import type { TObject, TSchema } from 'typebox'

/** Who may ask for an operation: any session (an admin's, or that of a key of the team it is about), or anybody. */
export type Access = 'admin' | 'session' | 'anyone'

/** One operation of the control API. What it takes, from path, query and body, has names that do not meet. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `CONTROL_PATH`; `{name}` stands for the parameter of that name. */
  readonly path: string
  readonly summary: string
  /** The admin, by token or by session, unless said. */
  readonly access?: Access
  readonly params?: TObject
  readonly query?: TObject
  readonly body?: TObject
  /** Absent: 204 and no body. */
  readonly answer?: TSchema
  readonly status: 200 | 201 | 204
  /** JSON unless said. */
  readonly form?: 'yaml' | 'events'
}
