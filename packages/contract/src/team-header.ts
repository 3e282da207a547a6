/**
 * Goes with every request that a session proves: the number of the team that it asks for, or `none`. No page of another
 * site can send it, for that takes a permission of the service, which gives none.
 */
export const TEAM_HEADER = 'x-clipflight-team'

/** What a page says instead of a token, where a cookie proves who it is. */
export interface SessionTeam {
  /** That the requests are about; `none` for those about no team, or whichever the session has. */
  readonly team: number | 'none'
}
