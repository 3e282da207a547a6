/** What a file may name as `${BUILD}`, besides the environment's `${env.NAME}`. */
export const VARIABLES = {
  BUILD: "the build's number, such as 42",
  VERSION: 'the version that the build belongs to, such as 1.4',
  GIT_SHA: 'the commit that is checked out',
  BRANCH: 'the branch that is checked out, or that a pull request comes from',
} as const

export type VariableName = keyof typeof VARIABLES

/** What the variables stand for; those without a value are refused where they are used. */
export interface VariableValues extends Readonly<Partial<Record<VariableName, string | undefined>>> {
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A variable of a file: one of ours, or one of the environment. */
export type Variable =
  | { readonly of: 'clipflight'; readonly name: VariableName }
  | { readonly of: 'environment'; readonly name: string }

export function valueOf({ of, name }: Variable, values: VariableValues): string | undefined {
  if (of === 'clipflight') return values[name]
  return Object.hasOwn(values.env, name) ? values.env[name] : undefined
}

/** As a file writes it. */
export function writeVariable({ of, name }: Variable): string {
  return of === 'clipflight' ? `\${${name}}` : `\${env.${name}}`
}

/** Common words that end as secrets do are let through; any other that is none can be given another name. */
const SECRET =
  /SECRET|TOKEN|PASSW|BEARER|CONNECTION_?STRING|_PWD(?:_|$)|(?:ACCESS|DEPLOY|ENCRYPTION|GPG|MASTER|SIGNING|SSH)KEY|(?<!DON|MON|TUR)KEYS?(?![A-Z])|(?<!BY|COM)PASS(?![A-Z])|PASSPHRASE|CREDENTIAL|PRIVATE|COOKIE|API_?KEY|DATABASE|WEBHOOK|(?:^|_)(?:AUTH|CERT|CERTIFICATE|DSN|JWT|P8|PAT|SESSION|SIGNING)(?:_|$)/i

/**
 * Whether a name of the environment sounds like a secret. Whoever may propose a change to the file could otherwise
 * have a key written into a URL, and from there into a comment that everybody reads.
 */
export function soundsSecret(name: string): boolean {
  return SECRET.test(name)
}
