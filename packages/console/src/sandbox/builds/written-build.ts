import { readInput, type Input } from '@clipflight/control'

/** A bundle as it is written into the form. */
export interface WrittenBundle {
  readonly bundleId: string
  readonly bundleType: string
}

/** The form, as it is written. What is '' is not said. */
export interface WrittenBuild {
  readonly app: string
  readonly version: string
  readonly buildNumber: string
  readonly platform: string
  readonly minOsVersion: string
  readonly encryption: string
  readonly seconds: string
  readonly result: string
  /** Undefined: those of the build before. */
  readonly bundles: readonly WrittenBundle[] | undefined
  readonly carryOver: string
}

/** What is wrong with the form, by pointer. */
export type BuildProblems = ReadonlyMap<string, string>

export type ReadBuild = { readonly input: Input<'createBuild'> } | { readonly problems: BuildProblems }

/** The upload that the form describes, read as the service reads it. */
export function readBuild(team: number, written: WrittenBuild): ReadBuild {
  const { app, version, buildNumber, platform, minOsVersion, encryption, seconds, result, bundles, carryOver } = written
  const body = {
    app,
    ...said('version', version),
    ...said('buildNumber', buildNumber),
    ...said('platform', platform),
    ...said('minOsVersion', minOsVersion),
    ...(encryption === '' ? {} : { usesNonExemptEncryption: encryption === 'yes' }),
    processing: { seconds: seconds.trim() === '' ? 0 : Number(seconds), ...said('result', result) },
    ...(bundles === undefined
      ? {}
      : { bundles: bundles.map(({ bundleId, bundleType }) => ({ bundleType, ...said('bundleId', bundleId) })) }),
    ...(carryOver === '' ? {} : { carryOver: carryOver === 'yes' }),
  }
  const read = readInput('createBuild', { params: { team: String(team) }, query: new URLSearchParams(), body })
  if ('input' in read) return read
  return {
    problems: new Map(
      read.complaints.map(({ source, detail }) => ['pointer' in source ? source.pointer : source.parameter, detail]),
    ),
  }
}

function said(name: string, text: string): object {
  return text.trim() === '' ? {} : { [name]: text.trim() }
}
