import {
  ApiError,
  ConnectionError,
  TimeoutError,
  UnexpectedAnswerError,
  type Problem,
  type RequestLine,
  isOnThisMachine,
} from '@clipflight/client'
import { CommandError } from '../command-error.ts'
import { EXIT_FAILED } from '../exit-codes.ts'
import { toShellWord } from '../shell-word.ts'
import { adviceToReach } from './advice-to-reach.ts'
import { exitCodeOfStatus } from './exit-code-of-status.ts'
import type { FoundConnection } from './find-connection.ts'
import { localProxy } from './local-proxy.ts'
import { isUsualService } from './local-service.ts'

const EXCERPT_LENGTH = 80

/** From here on it is the service that failed. */
const SERVER_ERROR = 500
const NOT_IMPLEMENTED = 501

/** What a failed call means to whoever typed the command, and what to do next. Other errors come back as they are. */
export function explainFailure(error: unknown, found: FoundConnection): unknown {
  if (error instanceof ApiError) return explainRefusal(error, found)
  const { baseUrl, baseUrlSource } = found
  const service = `${baseUrl} (from ${baseUrlSource})`
  if (error instanceof ConnectionError) {
    const proxy = isOnThisMachine(baseUrl) ? undefined : localProxy(process.env)
    // NO_PROXY may let the request pass it: the address that refused tells.
    if (proxy !== undefined && error.code === 'ECONNREFUSED' && error.reason.endsWith(new URL(proxy).host)) {
      return new CommandError(`The proxy ${proxy}, which HTTPS_PROXY names, is gone: nothing listens there`, {
        exitCode: EXIT_FAILED,
        advice: [
          'Take the variables of a proxy that `clipflight proxy` started off this shell: eval "$(clipflight proxy --stop --env)"',
          'Others: unset HTTPS_PROXY https_proxy',
        ],
        cause: error,
      })
    }
    const message = `${service} cannot be reached: ${error.reason}`
    // Where nobody listened, nothing arrived.
    const unsure = error.code === 'ECONNREFUSED' ? [] : adviceAfterWriting(error.request)
    return new CommandError(message, {
      exitCode: EXIT_FAILED,
      advice: [...unsure, adviceToReach(baseUrl)],
      cause: error,
    })
  }
  if (error instanceof TimeoutError) {
    const message = `${service} did not answer within ${error.timeoutMilliseconds / 1000} seconds`
    return new CommandError(message, { exitCode: EXIT_FAILED, advice: adviceAfterWriting(error.request), cause: error })
  }
  if (error instanceof UnexpectedAnswerError) {
    const begins = error.excerpt.replaceAll(/\s+/g, ' ').slice(0, EXCERPT_LENGTH)
    const isJson = error.contentType?.includes('json') === true
    const what = isJson ? `JSON that ${error.complaint}` : `${error.contentType ?? 'something'} that is not of this API`
    return new CommandError(`${service} answered ${error.status} with ${what}, beginning: ${begins}`, {
      exitCode: EXIT_FAILED,
      advice: [
        ...(error.status >= SERVER_ERROR ? adviceAfterWriting(error.request) : []),
        isJson
          ? 'App Store Connect does not answer so: check the URL, and what answers there.'
          : 'Something else answers there, such as a gateway or a sign-in page: check the URL, and the network.',
      ],
      facts: { status: error.status, ...(error.requestId === undefined ? {} : { requestId: error.requestId }) },
      cause: error,
    })
  }
  return error
}

function adviceAfterWriting(request: RequestLine | undefined): readonly string[] {
  const isRead = request === undefined || request.method === 'GET'
  return isRead ? [] : ['The change may have been made nevertheless: look before trying again.']
}

function explainRefusal(error: ApiError, found: FoundConnection): CommandError {
  const { status, problems, requestId, request } = error
  const said = problems.map(inWords)
  const { baseUrl, baseUrlSource } = found
  const where = `${baseUrl} (from ${baseUrlSource}) answered ${status} to ${request.method} ${new URL(request.url).pathname}`
  const own = said.length === 1 ? `${said[0]}` : `The request was refused:\n${said.join('\n')}`
  const messages: Readonly<Record<number, string>> = {
    401: `The key ${found.keyId} is not accepted by ${found.baseUrl}`,
    403: `The key ${found.keyId} may not do this: ${said.join('; ')}`,
    429: 'The request budget of this key is spent for now, or requests came too fast',
  }
  return new CommandError(messages[status] ?? (status >= SERVER_ERROR ? `${where}: ${said.join('; ')}` : own), {
    exitCode: exitCodeOfStatus(status),
    advice: adviceFor(error, found),
    facts: { status, ...(requestId === undefined ? {} : { requestId }), problems },
    cause: error,
  })
}

function inWords({ title, detail, pointer, parameter }: Problem): string {
  const place = pointer ?? parameter
  return `${detail ?? title}${place === undefined ? '' : ` (${place})`}`
}

function adviceFor(error: ApiError, found: FoundConnection): readonly string[] {
  const { status, problems, retryAfterMilliseconds, request, requestId } = error
  if (status === 401) return adviceForKey(found)
  if (problems.some(({ code }) => code.includes('REQUIRED_AGREEMENTS')))
    return ['An agreement waits to be signed, by the Account Holder: App Store Connect, Business.']
  if (problems.some(({ detail }) => detail?.includes('membership') === true))
    return ['The membership in the Apple Developer Program has to be renewed, by the Account Holder.']
  if (status === 403) return ['Use a key with another role: an Admin or App Manager may change invocations.']
  if (status === 429) {
    const seconds = Math.ceil((retryAfterMilliseconds ?? 0) / 1000)
    return [
      seconds === 0 ? 'Try again in some minutes: the budget is per rolling hour.' : `Try again in ${seconds} seconds.`,
    ]
  }
  if (status >= SERVER_ERROR) {
    return [
      ...(status === NOT_IMPLEMENTED ? [] : adviceAfterWriting(request)),
      ...(requestId === undefined ? [] : [`The request id, for who looks after the service: ${requestId}`]),
    ]
  }
  if (status === 404) return ['Check the id, and that this key sees it: clipflight auth status']
  if (problems.some(({ code }) => /DUPLICATE|NOT_ALLOWED/.test(code)))
    return ['See what is there already, and change or delete that: clipflight invocations list']
  return []
}

/** Not the clock: the client has tried again by the service's, where that is another. */
function adviceForKey(found: FoundConnection): readonly string[] {
  const { keySource, baseUrl, baseUrlSource, issuerId } = found
  return [
    `The key is from ${keySource}, the base URL from ${baseUrlSource}.`,
    issuerId === undefined
      ? "No issuer was given, so it was used as a person's key: a team's key needs --issuer-id or ASC_ISSUER_ID."
      : `Check that the issuer ${issuerId} is the key's own, and that the key was not revoked.`,
    isOnThisMachine(baseUrl)
      ? adviceForLog(found)
      : 'Keys for push notifications and the like have files of the same name: those of App Store Connect are from Users and Access, Integrations.',
  ]
}

function adviceForLog({ baseUrl, dataDir }: FoundConnection): string {
  const log = 'clipflight sandbox log --status 401'
  if (dataDir !== undefined || isUsualService(baseUrl, process.env)) return `The service says why in its log: ${log}`
  return `The service says why in its log, with its admin token in CLIPFLIGHT_ADMIN_TOKEN: ${log} --url ${toShellWord(baseUrl)}`
}
