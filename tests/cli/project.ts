import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Ended } from '../serve/run-clipflight.ts'
import { invocationBody } from '../support/invocations.ts'
import type { TestServer } from '../support/server.ts'
import { makeBuild, type TestBuild } from '../support/teams.ts'
import { makeUser, variablesFor, type Terminal, type User } from './command-line.ts'

export type Titles = Readonly<Record<string, string>>
export type Invocations = Readonly<Record<string, Titles>>

/** An app with a build on a service, and a folder for its `clipflight.yaml`. */
export interface Project {
  readonly user: User
  readonly bundleId: string
  readonly build: TestBuild
  run(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended>
  terminal(args: readonly string[], environment?: Readonly<Record<string, string>>): Terminal
  /** Writes `clipflight.yaml` for invocations by their URLs; an app more for each bundle id. */
  write(invocations: Invocations, others?: Readonly<Record<string, Invocations>>): Promise<void>
  writeText(text: string, name?: string): Promise<void>
  readText(name?: string): Promise<string>
  /** Makes an invocation on the build. */
  give(url: string, titles?: Titles): Promise<string>
  /** What the build has, by URLs. */
  has(clipBundle?: string): Promise<Invocations>
}

let counter = 0

export interface ProjectOptions {
  /** Where commands send their requests, instead of the service itself. */
  readonly url?: string
  readonly number?: string
}

/** A new app on the service with one build, and a user who works on it. */
export async function makeProject(
  context: TestContext,
  server: TestServer,
  { url = server.url, number = '42' }: ProjectOptions = {},
): Promise<Project> {
  const bundleId = `com.example.project${++counter}.p${process.pid}`
  const user = await makeUser(context)
  const build = await makeBuild(server.storage, server.team.number, { bundleId, number })
  const variables = variablesFor(url, server.key)

  return {
    user,
    bundleId,
    build,
    run: (args, environment = {}) => user.run(args, { environment: { ...variables, ...environment } }),
    terminal: (args, environment = {}) => user.terminal(args, { environment: { ...variables, ...environment } }),
    async write(invocations, others = {}) {
      const apps = Object.entries({ [bundleId]: invocations, ...others }).map(([app, each]) => ({
        app,
        invocations: Object.entries(each).map(([address, title]) => ({ url: address, title })),
      }))
      const text = JSON.stringify(apps.length === 1 ? apps[0] : { apps })
      await writeFile(join(user.folder, 'clipflight.yaml'), text)
    },
    writeText: (text, name = 'clipflight.yaml') => writeFile(join(user.folder, name), text),
    readText: (name = 'clipflight.yaml') => readFile(join(user.folder, name), 'utf8'),
    async give(address, titles = { 'en-US': 'Order' }) {
      const body = invocationBody(build.clipBundle, address, titles)
      const reply = await server.send('POST', '/v1/betaAppClipInvocations', { body })
      assert.equal(reply.status, 201)
      return reply.body.data.id
    },
    has: (clipBundle = build.clipBundle) => readInvocations(server, clipBundle),
  }
}

async function readInvocations(server: TestServer, bundle: string): Promise<Invocations> {
  const { body } = await server.send(
    'GET',
    `/v1/buildBundles/${bundle}/betaAppClipInvocations?include=betaAppClipInvocationLocalizations&limit[betaAppClipInvocationLocalizations]=50`,
  )
  const included: readonly {
    readonly id: string
    readonly attributes: { readonly locale: string; readonly title: string }
  }[] = body.included ?? []
  return Object.fromEntries(
    body.data.map(
      (each: {
        readonly attributes: { readonly url: string }
        readonly relationships: Readonly<Record<string, { readonly data: readonly { readonly id: string }[] }>>
      }) => {
        const ids = Object.values(each.relationships).flatMap(({ data }) => data.map(({ id }) => id))
        const titles = included.filter(({ id }) => ids.includes(id)).map(({ attributes }) => attributes)
        return [each.attributes.url, Object.fromEntries(titles.map(({ locale, title }) => [locale, title]))]
      },
    ),
  )
}
