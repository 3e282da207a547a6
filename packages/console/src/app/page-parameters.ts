/** What every page is given. `team` is one that the session may look at; the others are '' where the address names none. */
export interface PageParameters {
  readonly team: number
  readonly app: string
  readonly build: string
}
