import { writeJson } from './write-json.ts'

/** How data is printed for programs. */
export const DATA_FORMATS = ['json', 'yaml'] as const

export type DataFormat = (typeof DATA_FORMATS)[number]

export function isDataFormat(format: string): format is DataFormat {
  return DATA_FORMATS.some((each) => each === format)
}

/** The same data in either form. */
export async function writeData(data: unknown, format: DataFormat): Promise<string> {
  if (format === 'json') return `${writeJson(data, 2)}\n`
  // Only here: it is larger than everything else that prints.
  return (await import('./write-data-yaml.ts')).writeDataYaml(data)
}
