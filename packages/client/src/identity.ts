import { TEAM_HEADER, type SessionTeam } from '@clipflight/contract'
import type { Tokens } from './tokens.ts'

/** What a request carries so that the service knows whose it is. */
export interface Proof {
  readonly headers: Readonly<Record<string, string>>
  /** What of it is secret; undefined where only the browser knows it. */
  readonly token: string | undefined
}

/** Who sends the requests. */
export interface Identity {
  current(): Promise<Proof>
  /** Whether there can be another one after this was refused, by a service whose time it was, if that is known. */
  discard(refused: Proof, serviceTime: number | undefined): boolean
}

/** Whoever the tokens prove. */
export function identityOfTokens(tokens: Tokens): Identity {
  return {
    async current() {
      const token = await tokens.current()
      return { headers: { authorization: `Bearer ${token}` }, token }
    },
    discard({ token = '' }, serviceTime) {
      tokens.discard(token, serviceTime)
      return true
    },
  }
}

/** Whoever has signed in here: the cookie goes along by itself, to where the page came from and nowhere else. */
export function identityOfSession({ team }: SessionTeam): Identity {
  const proof: Proof = { headers: { [TEAM_HEADER]: String(team) }, token: undefined }
  return { current: () => Promise.resolve(proof), discard: () => false }
}
