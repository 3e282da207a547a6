/** Where the pages of the console are. */
export const BASE = '/console'

/** Which page something is at, as the patterns below have it. */
export const addressOf = ({ pathname }: { readonly pathname: string }): string => pathname.slice(BASE.length)

/** Every page that has an address, below `/console`. */
export const PATHS = {
  home: '/',
  signIn: '/sign-in',
  teams: '/teams',
  apps: '/teams/:team/apps',
  app: '/teams/:team/apps/:app',
  build: '/teams/:team/builds/:build',
  testers: '/teams/:team/builds/:build/testers',
  compare: '/teams/:team/builds/:build/compare',
  file: '/teams/:team/builds/:build/file',
  sheet: '/teams/:team/builds/:build/sheet',
  sandbox: '/teams/:team/sandbox',
  sandboxLog: '/teams/:team/sandbox/log',
  sandboxKeys: '/teams/:team/sandbox/keys',
  sandboxFaults: '/teams/:team/sandbox/faults',
  sandboxState: '/teams/:team/sandbox/state',
  sandboxBuilds: '/teams/:team/sandbox/builds',
} as const

export type PageName = keyof typeof PATHS

// Erasure: the keys of the record are its names.
export const PAGE_NAMES = Object.keys(PATHS) as readonly PageName[]

type Names<P extends string> = P extends `${string}:${infer N}/${infer R}`
  ? N | Names<`/${R}`>
  : P extends `${string}:${infer N}`
    ? N
    : never

/** What the address of a page names. */
export type PathParameters<N extends PageName> = Readonly<Record<Names<(typeof PATHS)[N]>, string | number>>

/** The address of a page. */
export function pathTo<N extends PageName>(
  name: N,
  ...[parameters]: Names<(typeof PATHS)[N]> extends never ? [] : [PathParameters<N>]
): string {
  const values = new Map<string, unknown>(Object.entries(parameters ?? {}))
  return PATHS[name].replaceAll(/:(\w+)/g, (_, each: string) => encodeURIComponent(String(values.get(each))))
}

/** The number of the team that an address is of; undefined where it is of none. */
export function teamIn(address: string): string | undefined {
  return /^\/teams\/(\d+)/.exec(address)?.[1]
}
