import { resolve } from 'node:path'
import { failed, wrongUsage } from '../command-error.ts'
import { readBaseUrl } from '../connection/base-url.ts'
import { readLocalCredentials, usualDataDirectory } from '../connection/local-service.ts'

/** What the options of a verb say of the service that is controlled. */
export interface ControlOptions {
  readonly dataDir?: string
  readonly url?: string
}

/** Where a control API is, what opens it, and what said so. */
export interface FoundControl {
  readonly url: string
  readonly adminToken: string
  readonly source: string
}

const URL_VARIABLE = 'CLIPFLIGHT_URL'
const TOKEN_VARIABLE = 'CLIPFLIGHT_ADMIN_TOKEN'

/**
 * The control API that the options name, or else the variables, or else the usual data directory. Address and token
 * come from one place: a token is never sent where something else says.
 */
export function findControl({ dataDir, url }: ControlOptions, environment: NodeJS.ProcessEnv): FoundControl {
  if (dataDir !== undefined && url !== undefined)
    throw wrongUsage('Two services are named: by --data-dir, and by --url', 'Leave one of them out.')
  if (dataDir !== undefined) return controlOfDirectory(dataDir)
  const adminToken = environment[TOKEN_VARIABLE]
  const [address, source] = url === undefined ? [environment[URL_VARIABLE], URL_VARIABLE] : [url, '--url']
  if (adminToken !== undefined && /[^\x21-\x7E]/.test(adminToken))
    throw wrongUsage(
      `${TOKEN_VARIABLE} holds a space, a line break or the like, which no token has`,
      'Give the token alone.',
    )
  if (address) {
    if (adminToken) return { url: readBaseUrl(address, source), adminToken, source }
    throw wrongUsage(
      `${source} names a service, and nothing says its admin token`,
      `Put it into the variable ${TOKEN_VARIABLE}. There is no option for it: others on a machine can read command lines.`,
    )
  }
  if (adminToken) {
    throw wrongUsage(
      `${TOKEN_VARIABLE} is set, and nothing says which service it is for`,
      `Say it with --url or ${URL_VARIABLE}; or name a data directory with --data-dir, which has a token of its own.`,
    )
  }
  return controlOfDirectory(usualDataDirectory(environment))
}

/** The control API of the service that runs with a data directory. Throws when there is none. */
export function controlOfDirectory(dataDir: string): FoundControl {
  const { url, text } = readLocalCredentials(dataDir)
  const adminToken = text('adminToken')
  if (adminToken === undefined) {
    throw failed(
      `The service of ${resolve(dataDir)} has no control API`,
      'It was started with `--control off`: start it without.',
    )
  }
  return { url, adminToken, source: `the service of ${resolve(dataDir)}` }
}
