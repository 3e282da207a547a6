/** Which request something is about. Holds no secret: tokens travel in headers. */
export interface RequestLine {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
}
